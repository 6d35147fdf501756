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

/** What it says when its language host is killed. */
const KILLED = `Updating (dev-pr-614):
Diagnostics:
  pulumi:pulumi:Stack (packit-dev-pr-614):
    error: Running program '/home/jane/stacks/start.cjs' failed with an unhandled exception:
    Error: 14 UNAVAILABLE: Connection dropped
        at callErrorFromStatus (/home/jane/node_modules/@grpc/grpc-js/src/call.ts:84:17)
        at processTicksAndRejections (node:internal/process/task_queues:77:11)
    for call at
        at new Promise (<anonymous>)
        at /home/jane/node_modules/@pulumi/runtime/resource.ts:1301:25
    error: error reading from server: EOF`;

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

  it("says where in a program it was to nobody", () => {
    assert.deepEqual(read(KILLED).output.problem.split("\n").slice(2), [
      "    error: Running program '/home/jane/stacks/start.cjs' failed with an unhandled exception:",
      "    Error: 14 UNAVAILABLE: Connection dropped",
      "    error: error reading from server: EOF",
    ]);
  });

  it("is told whole when it ends without a word of explanation", () => {
    assert.equal(read("exec: no such file").output.problem, "exec: no such file");
  });
});
