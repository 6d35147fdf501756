import assert from "node:assert/strict";

import { noLatest } from "../../../../policy/rules/images/no-latest";
import { CONTAINER, deployment, DIGEST, object, problems } from "../../examples";

describe("images/no-latest", () => {
  const cases = [
    ["registry.example/web:1.2", true],
    [`registry.example/web@${DIGEST}`, true],
    [`registry.example/web:latest@${DIGEST}`, true],
    ["registry.example:5000/web:stg", true],
    ["registry.example/web:latest", false],
    ["registry.example/web", false],
    ["registry.example:5000/web", false],
  ] as const;
  for (const [image, good] of cases) {
    it(`${good ? "takes" : "refuses"} ${image.replace(DIGEST, "sha256:…")}`, () => {
      const expected = good ? [] : [`container web runs ${image}`];
      assert.deepEqual(problems(noLatest, deployment({ ...CONTAINER, image })), expected);
    });
  }

  it("D31: refuses an ImageStream that imports latest", () => {
    const stream = (name: string) =>
      object("image.openshift.io/v1", "ImageStream", {
        spec: { tags: [{ name: "prod", from: { kind: "DockerImage", name } }] },
      });
    assert.deepEqual(problems(noLatest, stream("quay.io/nginx/nginx-unprivileged:latest")), [
      "the stream imports quay.io/nginx/nginx-unprivileged:latest",
    ]);
    assert.deepEqual(problems(noLatest, stream("quay.io/nginx/nginx-unprivileged:1.29")), []);
  });
});
