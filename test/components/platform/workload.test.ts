import assert from "node:assert/strict";

import { ConfigFiles, SecretFiles } from "../../../components/platform/files";
import { KubernetesPlatform } from "../../../components/platform/kubernetes";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import type { Site } from "../../../components/platform/site";
import { Workload, type WorkloadArgs } from "../../../components/platform/workload";
import { runMocked, type Stack } from "../../support/mocks";

const site: Site = {
  platform: new OpenShiftPlatform(),
  namespace: "packit-dev",
  instance: "dev",
  durable: false,
};

const args: WorkloadArgs = {
  site,
  image: { reference: "registry.example/web@sha256:1" },
  probes: { readiness: { tcpSocket: { port: 80 } }, liveness: { tcpSocket: { port: 80 } } },
  resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "20m", memory: "32Mi" } },
};

function deploy(overrides: Partial<WorkloadArgs> = {}): Promise<Stack> {
  return runMocked(() => new Workload("web", { ...args, ...overrides }));
}

describe("Workload", () => {
  it("gives its pods an account of their own, without a token", async () => {
    const stack = await deploy();
    assert.ok(stack.has("ServiceAccount", "web"));
    const { spec } = stack.object("Deployment", "web").spec.template;
    assert.equal(spec.serviceAccountName, "web");
    assert.equal(spec.automountServiceAccountToken, false);
  });

  it("D64: runs pods restricted, behind a NetworkPolicy, and with a disruption budget where there are several", async () => {
    const stack = await deploy({ replicas: 2 });
    const { spec } = stack.object("Deployment", "web").spec.template;
    assert.equal(spec.securityContext.runAsNonRoot, true);
    assert.deepEqual(spec.securityContext.seccompProfile, { type: "RuntimeDefault" });
    assert.deepEqual(spec.containers[0].securityContext, {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    });
    assert.deepEqual(stack.object("NetworkPolicy", "web").spec.ingress, []);
    assert.equal(stack.object("PodDisruptionBudget", "web").spec.maxUnavailable, 1);
  });

  it("blocks no node drain with a budget over a single pod", async () => {
    assert.ok(!(await deploy()).has("PodDisruptionBudget", "web"));
  });

  it("D02, D04: a StatefulSet nests its update strategy and has the Service that it names", async () => {
    const stack = await deploy({ kind: "StatefulSet" });
    const { spec } = stack.object("StatefulSet", "web");
    assert.deepEqual(spec.updateStrategy, { type: "RollingUpdate" });
    assert.equal(stack.object("Service", spec.serviceName).spec.clusterIP, "None");
  });

  it("D36: every object carries the same labels", async () => {
    const stack = await deploy({ service: [{ name: "http", port: 80, targetPort: 80 }] });
    const kinds = ["ServiceAccount", "Service", "NetworkPolicy", "Deployment"];
    for (const kind of kinds) {
      assert.deepEqual(stack.object(kind, "web").metadata.labels, {
        component: "web",
        "app.kubernetes.io/instance": "dev",
        "app.kubernetes.io/managed-by": "pulumi",
        "app.kubernetes.io/name": "web",
        "app.kubernetes.io/part-of": "packit",
      });
    }
  });

  it("D37: a rolling Deployment starts the new pod before the old one goes", async () => {
    const stack = await deploy({ rollout: "rolling" });
    assert.deepEqual(stack.object("Deployment", "web").spec.strategy, {
      type: "RollingUpdate",
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
  });

  it("refuses an admission that would let everybody in", async () => {
    await assert.rejects(deploy({ admits: [{ port: 80 }] }), /neither components nor the router/);
  });

  it("names the UID outside OpenShift, which assigns its own", async () => {
    const onKubernetes = await deploy({ site: { ...site, platform: new KubernetesPlatform() } });
    const onOpenShift = await deploy();
    const user = (stack: Stack): unknown =>
      stack.object("Deployment", "web").spec.template.spec.securityContext.runAsUser;
    assert.equal(user(onKubernetes), 1024);
    assert.equal(user(onOpenShift), undefined);
  });
});

describe("Workload's configuration", () => {
  async function checksum(config: string, password: string): Promise<string | undefined> {
    const stack = await runMocked(() => {
      const files = new ConfigFiles("web-config", { site, data: { "web.conf": config } }, {});
      const secret = new SecretFiles("web-secret", { site, data: { password } }, {});
      return new Workload("web", {
        ...args,
        env: { PASSWORD: { from: secret, key: "password" } },
        mounts: [{ path: "/etc/web.conf", files: [{ from: files }], subPath: "web.conf" }],
      });
    });
    const { metadata } = stack.object("Deployment", "web").spec.template;
    return metadata.annotations["packit.dev/config-checksum"] as string | undefined;
  }

  it("D11, D12: a changed ConfigMap or Secret restarts the pods, however they read it", async () => {
    const before = await checksum("a", "b");
    assert.match(before ?? "", /^[0-9a-f]{32}$/);
    assert.equal(await checksum("a", "b"), before);
    assert.notEqual(await checksum("changed", "b"), before);
    assert.notEqual(await checksum("a", "changed"), before);
  });
});

describe("Workload's image", () => {
  it("D32: an image that a trigger controls is left alone after creation", async () => {
    const image = { reference: "web:stg", trigger: { stream: "web", tag: "stg" } };
    const stack = await deploy({ image });
    assert.deepEqual(stack.resource("Deployment", "web").ignoreChanges, [
      "spec.template.spec.containers[0].image",
    ]);
    const trigger = stack.object("Deployment", "web").metadata.annotations?.["image.openshift.io/triggers"];
    assert.deepEqual(JSON.parse(trigger ?? ""), [
      {
        from: { kind: "ImageStreamTag", name: "web:stg" },
        fieldPath: 'spec.template.spec.containers[?(@.name=="web")].image',
      },
    ]);
  });

  it("is found by the trigger under the name that running pods' container has", async () => {
    const image = { reference: "web:stg", trigger: { stream: "web", tag: "stg" } };
    const { metadata, spec } = (await deploy({ image, containerName: "server" })).object("Deployment", "web");
    assert.equal(spec.template.spec.containers[0].name, "server");
    assert.match(metadata.annotations?.["image.openshift.io/triggers"] ?? "", /@\.name==\\"server\\"/);
  });

  it("changes a pinned image like any other field", async () => {
    assert.deepEqual((await deploy()).resource("Deployment", "web").ignoreChanges, []);
  });
});
