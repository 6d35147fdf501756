import assert from "node:assert/strict";

import fc from "fast-check";

import {
  BASE_NAMES,
  parseStackName,
  type Pull,
  SettingsError,
  stackNameFor,
  TEST_BASES,
} from "../../../stacks/settings";
import { MAX_STACK_NAME } from "../../../stacks/settings/names";
import { pulls } from "./arbitraries";
import { findingsIn } from "./loading";

describe("stack names", () => {
  for (const base of BASE_NAMES) {
    it(`reads the environment ${base}`, () => {
      const stack = parseStackName(base);
      assert.equal(stack.kind, "environment");
      assert.equal(stack.name, base);
    });
  }

  it("reads a pull request of packit-service", () => {
    assert.deepEqual(parseStackName("dev-pr-614"), {
      kind: "test-instance",
      name: "dev-pr-614",
      base: "dev",
      label: "pr-614",
      program: "packit",
      deployment: "dev",
      pulls: [{ repository: "packit-service", number: 614 }],
    });
  });

  it("reads a pull request of another repository", () => {
    assert.deepEqual(parseStackName("dev-dashboard-614").pulls, [{ repository: "dashboard", number: 614 }]);
  });

  it("reads pull requests of several repositories", () => {
    assert.deepEqual(parseStackName("stg-packit-service-800-ogr-123").pulls, [
      { repository: "packit-service", number: 800 },
      { repository: "ogr", number: 123 },
    ]);
  });

  it("reads a word of one's own", () => {
    assert.deepEqual(parseStackName("dev-retry-storm").pulls, []);
  });

  it("lets a test instance run as dev, whatever its base", () => {
    assert.equal(parseStackName("prod-pr-1").deployment, "dev");
  });

  it("reads back every name that it makes", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEST_BASES), pulls, (base, some) => {
        const name = stackNameFor(base, some);
        const stack = parseStackName(name);
        assert.equal(stack.base, base);
        assert.ok(name.length <= MAX_STACK_NAME);
        if (stack.pulls.length > 0) {
          assert.deepEqual(new Set(stack.pulls), new Set(some));
        }
      }),
    );
  });

  it("gives the same pull requests one name, in whatever order they come", () => {
    fc.assert(
      fc.property(pulls, (some) => {
        assert.equal(stackNameFor("dev", some), stackNameFor("dev", [...some].reverse()));
      }),
    );
  });

  it("gives other pull requests another name, also when shortened", () => {
    fc.assert(
      fc.property(pulls, pulls, (some, others) => {
        const key = (list: readonly Pull[]) =>
          list
            .map((pull) => `${pull.repository}=${pull.number}`)
            .sort()
            .join(" ");
        fc.pre(key(some) !== key(others));
        assert.notEqual(stackNameFor("dev", some), stackNameFor("dev", others));
      }),
    );
  });

  const refused: Readonly<Record<string, RegExp>> = {
    nonsense: /choose a name/,
    dve: /did you mean dev\?/,
    "": /choose a name/,
    "dev-": /choose a name/,
    "dev-pr-": /choose a name/,
    "dev-pr": /choose a name/,
    "dev-pr614": /did you mean dev-pr-614\?/,
    "dev-614": /did you mean dev-pr-614\?/,
    "dev-pr-0": /choose a name/,
    "dev-pr-0614": /did you mean dev-pr-614\?/,
    "dev-pr-614-x": /did you mean dev-pr-614\?/,
    "dev-packit-service-614": /did you mean dev-pr-614\?/,
    "dev-packit-servce-614": /did you mean dev-pr-614\?/,
    "dev-dashbord-7": /did you mean dev-dashboard-7\?/,
    "stg-ogr-123-packit-service-800": /did you mean stg-packit-service-800-ogr-123\?/,
    "stg-ogr-1-ogr-2": /choose a name/,
    "stream-stg-pr-4": /did you mean stream-stg\?/,
    "dev-sandbox": /choose a name/,
    "dev-mine-sandbox": /choose a name/,
    "dev-dashboard": /choose a name/,
    "dev-workers-mine": /choose a name/,
    "dev-Mine": /choose a name/,
    "DEV-pr-1": /choose a name|did you mean/,
    "dev-a--b": /choose a name/,
    [`dev-${"a".repeat(60)}`]: /choose a name/,
  };
  for (const [name, fix] of Object.entries(refused)) {
    it(`refuses "${name}" and shows the grammar`, () => {
      const [finding] = findingsIn(() => parseStackName(name));
      assert.equal(finding?.key, "stack name");
      assert.equal(finding.seen, name);
      assert.match(finding.fix, fix);
      assert.match(finding.allowed ?? "", /a test instance: {2}<base>-pr-<number>/);
    });
  }

  it("takes every string or refuses it with a SettingsError", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `dev-${text}`),
        ),
        (name) => {
          try {
            assert.equal(parseStackName(name).name, name);
          } catch (error) {
            assert.ok(error instanceof SettingsError);
          }
        },
      ),
    );
  });

  it("refuses no pull request and two of one repository", () => {
    assert.throws(() => stackNameFor("dev", []), SettingsError);
    const ogr = (number: number): Pull => ({ repository: "ogr", number });
    assert.throws(() => stackNameFor("dev", [ogr(1), ogr(2)]), SettingsError);
  });
});
