import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { childOperations } from "../../../../cli/instances/comments/child";
import type { Operations } from "../../../../cli/instances/comments/operations";

/** Stands in for the command line: notes what it was called with, and says what such a command says. */
const COMMAND = `
const { appendFileSync } = require("node:fs");
const args = process.argv.slice(2);
appendFileSync("calls", JSON.stringify(args) + "\\n");
const view = (name, pull) => ({ name, holder: { kind: "pull", name: pull }, state: "live", expiresAt: null });
const answers = {
  list: () => [view("stg-pr-614", "packit/packit-service#614"), view("stg-pr-7", "packit/packit-service#7")],
  deploy: () => {
    process.stderr.write("· build: build worker\\n· fr");
    process.stderr.write("ee: place 2 in the queue\\n· deploy: 12 of 70\\nsomething else\\n");
    return view("stg-pr-614", "packit/packit-service#614");
  },
  destroy: () => {
    process.stderr.write("· looking\\nerror: stg-pr-614 is taken\\nby jane\\n");
    process.exit(1);
  },
  wake: () => setTimeout(() => undefined, 60_000) && undefined,
};
console.log(JSON.stringify(answers[args[0]]?.() ?? null));
`;

describe("operations by commands", () => {
  let folder: string;
  let stop: AbortController;
  let operations: Operations;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-child-"));
    writeFileSync(join(folder, "command.cjs"), COMMAND);
    stop = new AbortController();
    const own = {
      file: process.execPath,
      args: [join(folder, "command.cjs")],
      root: folder,
      environment: process.env,
    };
    operations = childOperations(own, "packit/packit-service#614", stop.signal);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const calls = () =>
    readFileSync(join(folder, "calls"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as string[]);

  it("find what the pull request holds", async () => {
    assert.deepEqual(
      (await operations.held()).map(({ name }) => name),
      ["stg-pr-614"],
    );
    // Without the details nobody knows who works on it, why it failed and as whom it acts.
    assert.deepEqual(calls(), [["list", "--json", "--details"]]);
  });

  it("deploy on behalf of the pull request, and tell each step", async () => {
    const seen: string[] = [];
    const view = await operations.deploy(
      {
        base: "dev",
        ttl: "3h",
        references: [
          { repository: "packit-service", ref: { kind: "pull", number: 614 } },
          { repository: "ogr", ref: { kind: "fork", owner: "jane", branch: "mend" } },
        ],
      },
      ({ state, step }) => seen.push(`${state}: ${step}`),
    );
    assert.equal(view.name, "stg-pr-614");
    assert.deepEqual(seen, ["building: build worker", "queued: place 2 in the queue", "deploying: 12 of 70"]);
    const by = "--by=pull:packit/packit-service#614";
    const words = ["packit-service=614", "ogr=jane:mend"];
    assert.deepEqual(calls(), [
      ["deploy", "--base=dev", "--ttl=3h", by, "--wait", "--yes", "--json", ...words],
    ]);
  });

  it("fail with the command's own words", async () => {
    await assert.rejects(operations.destroy("stg-pr-614"), { message: "stg-pr-614 is taken\nby jane" });
  });

  it("end when they are told to", async () => {
    const woken = assert.rejects(operations.wake("stg-pr-614"), /packit-stacks wake was stopped/);
    setTimeout(() => {
      stop.abort();
    }, 200);
    await woken;
  });
});
