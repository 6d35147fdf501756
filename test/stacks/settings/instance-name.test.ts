import assert from "node:assert/strict";

import fc from "fast-check";

import { stackNameOf } from "../../../stacks/settings/instance-name";
import { MAX_STACK_NAME, parseStackName, TEST_BASES } from "../../../stacks/settings/names";
import { REPOSITORIES } from "../../../stacks/settings/pulls";
import { parseRef, type Reference } from "../../../stacks/settings/references";

function reference(repository: Reference["repository"], text: string): Reference {
  const ref = parseRef(text);
  assert.ok(ref);
  return { repository, ref };
}

const someReferences = fc.uniqueArray(
  fc.record({
    repository: fc.constantFrom(...REPOSITORIES),
    ref: fc.constantFrom("614", "99999999", "branch:main", "sha:1f2e3d4", "octocat:mend/it").map((text) => {
      const ref = parseRef(text);
      assert.ok(ref);
      return ref;
    }),
  }),
  { selector: ({ repository }) => repository, minLength: 1 },
);

describe("the name of a test instance by its code", () => {
  it("lists pull requests", () => {
    assert.equal(stackNameOf("stg", [reference("packit-service", "614")]), "stg-pr-614");
    assert.equal(
      stackNameOf("stg", [reference("ogr", "123"), reference("packit-service", "800")]),
      "stg-packit-service-800-ogr-123",
    );
  });

  it("has the rest in a hash", () => {
    assert.match(stackNameOf("dev", [reference("ogr", "branch:main")]), /^dev-x[0-9a-f]{7}$/);
    const mixed = [reference("packit", "octocat:mend"), reference("packit-service", "800")];
    assert.match(stackNameOf("dev", mixed), /^dev-packit-service-800-x[0-9a-f]{7}$/);
  });

  it("is a stack's name, does not depend on the order, and differs with the code", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEST_BASES), someReferences, (base, references) => {
        const name = stackNameOf(base, references);
        assert.ok(name.length <= MAX_STACK_NAME);
        assert.equal(parseStackName(name).name, name);
        assert.equal(stackNameOf(base, [...references].reverse()), name);
        const others = references.map((one, index) =>
          index === 0 ? reference(one.repository, "branch:another") : one,
        );
        assert.notEqual(stackNameOf(base, others), name);
      }),
    );
  });
});
