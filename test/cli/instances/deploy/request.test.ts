import assert from "node:assert/strict";

import fc from "fast-check";

import { type DeployWords, readRequest, RequestError } from "../../../../cli/instances/deploy/request";
import { parseStackName } from "../../../../stacks/settings/names";
import { referenceText } from "../../../../stacks/settings/references";

const DIGEST = `sha256:${"0".repeat(64)}`;

function words(change: Partial<DeployWords>): DeployWords {
  return { references: ["packit-service=614"], base: "stg", image: [], ...change };
}

function problems(change: Partial<DeployWords>): readonly string[] {
  try {
    readRequest(words(change));
  } catch (error) {
    assert.ok(error instanceof RequestError, String(error));
    return error.findings.map(({ key, problem }) => `${key} ${problem}`);
  }
  return [];
}

describe("what somebody typed after deploy", () => {
  it("names an instance by its code", () => {
    assert.equal(readRequest(words({})).name, "stg-pr-614");
    assert.equal(readRequest(words({ base: "prod" })).name, "prod-pr-614");
    const several = readRequest(words({ references: ["ogr=123", "packit-service=800"] }));
    assert.equal(several.name, "stg-packit-service-800-ogr-123");
    assert.deepEqual(several.references.map(referenceText), ["packit-service=800", "ogr=123"]);
    assert.match(readRequest(words({ references: ["ogr=branch:main"] })).name, /^stg-x[0-9a-f]{7}$/);
    assert.equal(readRequest(words({ name: "retry-storm" })).name, "stg-retry-storm");
  });

  it("is refused with everything that is wrong at once", () => {
    const wrong = {
      references: ["packit-servce=1", "ogr=x/y", "foo", "packit=1", "packit=2"],
      base: "stage",
      only: "worker,dashbord",
      ttl: "soon",
      reason: "because",
      image: ["worker=quay.io/packit/packit-worker:stg", "nginx=x"],
    };
    assert.deepEqual(problems(wrong), [
      "--base is no environment",
      "REPO=REF names no repository whose code can be tested",
      "ogr is given no code",
      "REPO=REF has no =",
      "packit is there twice, and an instance runs one state of its code",
      "--image has no image with a digest",
      "--image names no image that code goes into",
      "--only names no component",
      "--ttl is no time",
      "--reason is for --ttl never only",
    ]);
  });

  it("is told what cannot be seen of it", () => {
    const seenOf = (change: Partial<DeployWords>): readonly (string | undefined)[] => {
      try {
        readRequest(words(change));
      } catch (error) {
        return (error as RequestError).findings.map(({ seen }) => seen);
      }
      return [];
    };
    // A Cyrillic letter, digits of full width, and one that writes from right to left.
    assert.deepEqual(seenOf({ references: ["\u043egr=1"] }), ["\u043egr (with U+043E)"]);
    assert.deepEqual(seenOf({ references: ["ogr=\uff11\uff12"] }), ["\uff11\uff12 (with U+FF11, U+FF12)"]);
    assert.deepEqual(seenOf({ base: "st\u202eg" }), ["st?g (with U+202E)"]);
    const many = Array.from({ length: 200 }, (_, index) => `ogr=${index + 1}`);
    const [long = "", ...more] = seenOf({ references: many });
    assert.deepEqual(more, []);
    assert.ok(long.length < 100 && long.startsWith("ogr=1 ogr=2 "), long);
  });

  it("is refused on environments without test instances", () => {
    assert.deepEqual(problems({ base: "copr-prod" }), ["--base has no test instances"]);
  });

  it("is refused without any code", () => {
    assert.deepEqual(problems({ references: [] }), ["REPO=REF is missing: nothing says what to run"]);
  });

  it("has no end only with a reason", () => {
    assert.deepEqual(problems({ ttl: "never" }), [
      "--reason is missing: an instance without an end needs one",
    ]);
    const { ttl, keep } = readRequest(words({ ttl: "never", reason: "for the demonstration" }));
    assert.deepEqual([ttl, keep], ["never", "for the demonstration"]);
    assert.deepEqual(problems({ ttl: "never", reason: "two\nlines" }).length, 1);
  });

  it("is refused under a name that pull requests have", () => {
    assert.deepEqual(problems({ name: "pr-615" }), ["--name is how instances of pull requests are called"]);
    assert.equal(problems({ name: "A b" }).length, 1);
    assert.equal(problems({ name: "sandbox" }).length, 1);
  });

  it("takes images that are there", () => {
    const image = `quay.io/packit/packit-worker@${DIGEST}`;
    assert.deepEqual(readRequest(words({ image: [`worker=${image}`] })).images, { worker: image });
  });

  it("turns everything off but what is named", () => {
    const { parts } = readRequest(words({ only: "worker, dashboard" }));
    assert.ok(typeof parts === "object");
    const on = Object.entries(parts).flatMap(([part, isOn]) => (isOn ? [part] : []));
    assert.deepEqual(on, ["dashboard"]);
    assert.equal(readRequest(words({ only: "all" })).parts, "as-base");
  });

  it("gives a stack's name or findings that can be printed, whatever is typed", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("packit=$(id)", "ogr=;rm", "packit-service=6\n1"),
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 3 }), hostile, (references, name) => {
        try {
          assert.equal(parseStackName(readRequest(words({ references, name })).name).kind, "test-instance");
        } catch (error) {
          assert.ok(error instanceof RequestError, String(error));
          // eslint-disable-next-line no-control-regex -- those are what a terminal would obey
          assert.doesNotMatch(error.findings.map(({ seen = "" }) => seen).join(""), /[\x00-\x1f\x7f]/);
        }
      }),
    );
  });
});
