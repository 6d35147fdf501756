import assert from "node:assert/strict";

import { existingNamespace } from "../../../components/platform/existing-namespace";
import { MppPlatform } from "../../../components/platform/mpp";
import { claim } from "../../../components/platform/claim";
import type { Site } from "../../../components/platform/site";
import { Workload } from "../../../components/platform/workload";
import { runMocked } from "../../support/mocks";

const TENANCY = { tenant: "packit", appcode: "PCKT-002", servicePhase: "preprod", costCenter: "700" };
const LABELS = {
  "app-code": "PCKT-002",
  "service-phase": "preprod",
  "cost-center": "700",
  "paas.redhat.com/appcode": "PCKT-002",
};

const platform = new MppPlatform(TENANCY, { storageClass: "aws-ebs", labels: { team: "packit" } });
const site: Site = { platform, namespace: "packit--stg", instance: "stg", durable: true };
const namespace = { instance: "stg", durable: true, podSecurity: "restricted" } as const;

function workload() {
  return runMocked(() => {
    claim("data", { site, component: "web", storage: "1Gi" }, {});
    new Workload("web", {
      site,
      kind: "StatefulSet",
      image: { reference: "web:1" },
      resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "20m", memory: "32Mi" } },
      probes: { readiness: { tcpSocket: { port: 80 } }, liveness: { tcpSocket: { port: 80 } } },
      published: { host: "web.packit.dev", portName: "https", targetPort: 8443 },
      claimTemplates: { cache: "4Gi" },
    });
  });
}

describe("the managed platform", () => {
  it("D36: labels everything alike, and what it had no labels for as well", async () => {
    const { resources } = await workload();
    const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
    assert.ok(objects.length >= 6, String(objects.length));
    for (const { type, inputs } of objects) {
      const { labels } = inputs.metadata as { labels: Record<string, string> };
      for (const [key, value] of Object.entries({ ...LABELS, team: "packit" })) {
        assert.equal(labels[key], value, `${type} ${key}`);
      }
    }
  });

  it("labels pods, too", async () => {
    const { labels } = (await workload()).object("StatefulSet", "web").spec.template.metadata;
    assert.deepEqual({ ...labels, ...LABELS }, labels);
  });

  it("has Routes on the routers that the internet reaches", async () => {
    const { metadata } = (await workload()).object("Route", "web");
    assert.equal(metadata.labels?.shard, "external");
  });

  it("takes claims of its class that go with their volume", async () => {
    const { metadata, spec } = (await workload()).object("PersistentVolumeClaim", "data");
    assert.equal(spec.storageClassName, "aws-ebs");
    assert.equal(metadata.annotations?.["kubernetes.io/reclaimPolicy"], "Delete");
  });

  it("D22: has claim templates like those that run, which no cluster lets change", async () => {
    const [template] = (await workload()).object("StatefulSet", "web").spec.volumeClaimTemplates;
    assert.deepEqual(template, {
      metadata: {
        name: "cache",
        labels: { "paas.redhat.com/appcode": "PCKT-002" },
        annotations: { "kubernetes.io/reclaimPolicy": "Delete" },
      },
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "4Gi" } },
        storageClassName: "aws-ebs",
      },
    });
  });

  it("D49: is asked for a namespace, and what goes into it waits until it is there", async () => {
    const stack = await runMocked(() => {
      const made = platform.namespace("packit--stg-sandbox", namespace, {});
      claim("cache", { site: { ...site, namespace: made.name }, component: "web", storage: "1Gi" }, {});
    });
    const request = stack.object("TenantNamespace", "stg-sandbox");
    assert.equal(request.apiVersion, "tenant.paas.redhat.com/v1alpha1");
    assert.equal(request.metadata.namespace, "packit--config");
    assert.deepEqual(request.spec, { type: "runtime", network: { "security-zone": "internal" } });
    assert.equal(request.metadata.annotations?.["pulumi.com/waitFor"], "condition=Ready");
    assert.ok(stack.resource("TenantNamespace", "stg-sandbox").protect);
    const inside = stack.resource("PersistentVolumeClaim", "cache");
    assert.equal((inside.inputs.metadata as { namespace: string }).namespace, "packit--stg-sandbox");
    assert.match(inside.dependencies.join(), /TenantNamespace::packit--stg-sandbox/);
  });

  it("has no namespace of another tenant", () => {
    assert.throws(() => platform.namespace("stream-prod", namespace, {}), /does not begin with packit--/);
  });
});

describe("a namespace of somebody else", () => {
  it("is read, not made, and known by its name", async () => {
    let name = "";
    const stack = await runMocked(() => {
      existingNamespace("packit--stg", {}).name.apply((known) => (name = known));
    });
    const [read] = stack.resources;
    assert.deepEqual(read?.inputs, {});
    assert.equal(name, "packit--stg");
  });
});
