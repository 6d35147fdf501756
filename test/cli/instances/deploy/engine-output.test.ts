import assert from "node:assert/strict";

import { EngineOutput } from "../../../../cli/instances/deploy/engine-output";

const GOOD = `Previewing update (dev-pr-614):
@ previewing update....
 +  pulumi:pulumi:Stack packit-dev-pr-614 create
 +  kubernetes:core/v1:Namespace packit-dev-pr-614 create
Resources:
    + 115 to create

Updating (dev-pr-614):
 +  kubernetes:core/v1:Namespace packit-dev-pr-614 creating (0s)
 +  kubernetes:core/v1:Namespace packit-dev-pr-614 created (0.11s)
 +  packit:app:Worker packit-worker created
Outputs:
    namespace: "packit-dev-pr-614"

Resources:
    + 114 created
    1 unchanged

Duration: 21s`;

const BAD = `Previewing update (dev-pr-614):
Diagnostics:
  pulumi:pulumi:Stack (packit-dev-pr-614):
    error: Stack dev-pr-614: 1 problem

      packit:keep: is missing

Resources:
    115 unchanged`;

function read(text: string): { readonly output: EngineOutput; readonly said: readonly string[] } {
  const output = new EngineOutput();
  return { output, said: text.split("\n").flatMap((line) => output.take(line) ?? []) };
}

describe("what the engine prints", () => {
  it("says what is done, once it is done", () => {
    const { output, said } = read(GOOD);
    assert.deepEqual(said, ["Namespace packit-dev-pr-614 created", "Worker packit-worker created"]);
    assert.equal(output.preview, "115 to create");
    assert.equal(output.outcome, "114 created, 1 unchanged");
  });

  it("says what went wrong, in its words and without the rest", () => {
    const { problem } = read(BAD).output;
    assert.match(problem, /^Diagnostics:/);
    assert.match(problem, /packit:keep: is missing$/);
  });

  it("is told whole when it ends without a word of explanation", () => {
    assert.equal(read("exec: no such file").output.problem, "exec: no such file");
  });
});
