import assert from "node:assert/strict";

import { CronTask, type CronTaskArgs } from "../../../components/platform/cron-task";
import { SecretFiles } from "../../../components/platform/files";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import type { Site } from "../../../components/platform/site";
import { runMocked, type Stack } from "../../support/mocks";

const site: Site = {
  platform: new OpenShiftPlatform(),
  namespace: "packit-stg",
  instance: "stg",
  durable: true,
};

const args: CronTaskArgs = {
  site,
  schedule: "0 2 * * 2",
  image: { reference: "registry.example/tidy@sha256:1" },
  command: ["tidy"],
  deadlineSeconds: 600,
  resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "20m", memory: "32Mi" } },
};

function deploy(overrides: Partial<CronTaskArgs> = {}): Promise<Stack> {
  return runMocked(() => new CronTask("tidy", { ...args, ...overrides }));
}

describe("CronTask", () => {
  it("runs by the hours of UTC, one run at a time, and ends what takes too long", async () => {
    const { spec } = (await deploy({ retries: 2 })).object("CronJob", "tidy");
    assert.equal(spec.schedule, "0 2 * * 2");
    assert.equal(spec.timeZone, "Etc/UTC");
    assert.equal(spec.concurrencyPolicy, "Forbid");
    const job = spec.jobTemplate.spec;
    assert.equal(job.activeDeadlineSeconds, 600);
    assert.equal(job.backoffLimit, 2);
    assert.equal(job.template.spec.restartPolicy, "Never");
  });

  it("D64: has an account of its own without a token, runs restricted, and lets nobody connect", async () => {
    const stack = await deploy();
    assert.equal(stack.object("ServiceAccount", "tidy").automountServiceAccountToken, false);
    const { metadata, spec } = stack.object("CronJob", "tidy").spec.jobTemplate.spec.template;
    assert.equal(spec.serviceAccountName, "tidy");
    assert.equal(spec.automountServiceAccountToken, false);
    assert.equal(spec.securityContext.runAsNonRoot, true);
    assert.equal(spec.containers[0].securityContext.readOnlyRootFilesystem, true);
    const policy = stack.object("NetworkPolicy", "tidy").spec;
    assert.deepEqual(policy.ingress, []);
    assert.equal(policy.podSelector.matchLabels.component, metadata.labels.component);
  });

  it("gives a token only to pods that call the API server", async () => {
    const { spec } = (await deploy({ callsApi: true })).object("CronJob", "tidy").spec.jobTemplate.spec
      .template;
    assert.equal(spec.automountServiceAccountToken, true);
  });

  it("reads Secrets as workloads do", async () => {
    const stack = await runMocked(() => {
      const secret = new SecretFiles("aws", { site, data: { key: "value" } }, {});
      return new CronTask("tidy", { ...args, env: { KEY: { from: secret, key: "key" } } });
    });
    const [container] = stack.object("CronJob", "tidy").spec.jobTemplate.spec.template.spec.containers;
    assert.deepEqual(container.env, [
      { name: "KEY", valueFrom: { secretKeyRef: { name: "aws", key: "key" } } },
    ]);
  });

  it("D32: leaves an image that a trigger keeps to the trigger", async () => {
    const image = { reference: "tidy:stg", trigger: { stream: "tidy", tag: "stg" } };
    const { inputs, ignoreChanges } = (await deploy({ image })).resource("CronJob", "tidy");
    const { annotations } = inputs.metadata as { annotations: Record<string, string> };
    assert.deepEqual(JSON.parse(annotations["image.openshift.io/triggers"] ?? ""), [
      {
        from: { kind: "ImageStreamTag", name: "tidy:stg" },
        fieldPath: 'spec.jobTemplate.spec.template.spec.containers[?(@.name=="tidy")].image',
      },
    ]);
    assert.deepEqual(ignoreChanges, ["spec.jobTemplate.spec.template.spec.containers[0].image"]);
  });
});
