import assert from "node:assert/strict";

import { limits } from "../../../../policy/rules/resources/limits";
import { CONTAINER, deployment, problems } from "../../examples";

describe("resources/limits", () => {
  it("takes a container with all four", () => {
    assert.deepEqual(problems(limits, deployment(CONTAINER)), []);
  });

  it("names all that is missing", () => {
    const resources = { requests: { cpu: "10m" } };
    assert.deepEqual(problems(limits, deployment({ ...CONTAINER, resources })), [
      "container web lacks requests.memory, limits.cpu, limits.memory",
    ]);
  });

  it("refuses a container that says nothing", () => {
    assert.deepEqual(problems(limits, deployment({ name: "web" })), [
      "container web lacks requests.cpu, requests.memory, limits.cpu, limits.memory",
    ]);
  });
});
