import assert from "node:assert/strict";

import { holder as holderSchema } from "../../../cli/instances/record";
import { currentHolder, holderFor, readHolder } from "../../../cli/instances/who";

describe("who holds an instance", () => {
  it("is a person on a machine, or a CI run that says so", () => {
    assert.match(currentHolder({}).name, /^[^@]+@.+$/);
    assert.equal(currentHolder({}).kind, "person");
    const github = { GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "packit/ogr", GITHUB_RUN_ID: "7" };
    assert.deepEqual(currentHolder(github), { kind: "ci", name: "packit/ogr run 7" });
    assert.deepEqual(currentHolder({ ZUUL_BUILD: "abc" }), { kind: "ci", name: "zuul abc" });
    assert.deepEqual(holderFor(undefined).kind, holderSchema.parse(currentHolder()).kind);
  });

  it("is whom somebody names", () => {
    assert.deepEqual(readHolder("pull:packit/packit-service#614"), {
      kind: "pull",
      name: "packit/packit-service#614",
    });
    assert.deepEqual(readHolder("person:jane@laptop"), { kind: "person", name: "jane@laptop" });
    for (const text of ["jane", "pull:614", "pull:a/b#0", "robot:x", "person:", "ci:a\nb"]) {
      assert.equal(readHolder(text), undefined, text);
    }
    assert.throws(() => holderFor("jane"), /--by names nobody: write person:NAME/);
  });
});
