import assert from "node:assert/strict";

import { triggerAnnotation } from "../../../../components/platform/image";
import { pinned } from "../../../../policy/rules/images/pinned";
import { CONTAINER, deployment, object, problems } from "../../examples";

const tagged = { ...CONTAINER, image: "registry.example/web:prod" };

describe("images/pinned", () => {
  it("takes a digest", () => {
    assert.deepEqual(problems(pinned, deployment(CONTAINER)), []);
  });

  it("refuses a tag, in whatever makes pods", () => {
    const expected = ["container web runs registry.example/web:prod, which has no digest and no trigger"];
    assert.deepEqual(problems(pinned, deployment(tagged)), expected);
    const template = { spec: { containers: [], initContainers: [tagged] } };
    assert.deepEqual(problems(pinned, object("apps/v1", "StatefulSet", { spec: { template } })), expected);
    assert.deepEqual(problems(pinned, object("batch/v1", "Job", { spec: { template } })), expected);
    const jobTemplate = { spec: { template } };
    assert.deepEqual(problems(pinned, object("batch/v1", "CronJob", { spec: { jobTemplate } })), expected);
    assert.deepEqual(problems(pinned, object("v1", "Pod", template)), expected);
  });

  it("takes a tag that a trigger replaces by what the ImageStream holds", () => {
    const image = { reference: "web:prod", trigger: { stream: "web", tag: "prod" } };
    const annotations = triggerAnnotation(image, "web");
    assert.deepEqual(problems(pinned, deployment(tagged, { annotations })), []);
    assert.equal(problems(pinned, deployment({ ...tagged, name: "other" }, { annotations })).length, 1);
  });

  it("takes one in a CronJob too, where its path is longer", () => {
    const image = { reference: "web:prod", trigger: { stream: "web", tag: "prod" } };
    const body = (template: string) => ({
      metadata: { annotations: triggerAnnotation(image, "web", template) },
      spec: { jobTemplate: { spec: { template: { spec: { containers: [tagged] } } } } },
    });
    const found = (template: string) => problems(pinned, object("batch/v1", "CronJob", body(template)));
    assert.deepEqual(found("spec.jobTemplate.spec.template"), []);
    assert.equal(found("spec.template").length, 1);
  });

  it("takes the short name of a stream in what runs once, and nothing else", () => {
    const job = (image: string, annotations = {}) => {
      const template = { metadata: { annotations }, spec: { containers: [{ ...CONTAINER, image }] } };
      return problems(pinned, object("batch/v1", "Job", { spec: { template } })).length;
    };
    const resolves = { "alpha.image.policy.openshift.io/resolve-names": "*" };
    assert.equal(job("web:prod", resolves), 0);
    assert.equal(job("web:prod"), 1);
    assert.equal(job("registry.example/web:prod", resolves), 1);
  });

  it("trusts no annotation that it cannot read", () => {
    const annotations = { "image.openshift.io/triggers": "web" };
    assert.equal(problems(pinned, deployment(tagged, { annotations })).length, 1);
  });

  it("is about production and about pods only", () => {
    assert.deepEqual(pinned.holdsIn, ["prod"]);
    assert.deepEqual(problems(pinned, object("v1", "ConfigMap", { data: { image: "web:prod" } })), []);
  });
});
