import assert from "node:assert/strict";

import { KeyValueStore } from "../../../components/data/key-value-store";
import { denyByDefault } from "../../../components/platform/access";
import { claim } from "../../../components/platform/claim";
import { KubernetesPlatform } from "../../../components/platform/kubernetes";
import type { Site } from "../../../components/platform/site";
import { Workload, type WorkloadArgs } from "../../../components/platform/workload";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";

const site: Site = { platform: new KubernetesPlatform(), namespace: "ns", instance: "dev", durable: false };
const resources = {
  requests: { cpu: "10m", memory: "16Mi" },
  limits: { cpu: "10m", memory: "16Mi" },
};
const image = { reference: "quay.io/x/y@sha256:1" };
const tcp = { tcpSocket: { port: 80 } };

function deploy(name: string, traits: Partial<WorkloadArgs>): Promise<Stack> {
  return runMocked(
    () =>
      new Workload(name, { site, image, resources, probes: { readiness: tcp, liveness: tcp }, ...traits }),
  );
}

function podOf(workload: KubernetesObject): KubernetesObject {
  return workload.spec.template;
}

describe("special pods", () => {
  it("runs containers before the others, with all that containers have", async () => {
    const { spec } = podOf(
      (await deploy("server", { init: { prepare: { image, resources, command: ["true"] } } })).object(
        "Deployment",
        "server",
      ),
    );
    const [first, ...others] = spec.initContainers;
    assert.deepEqual([first.name, first.command, others.length], ["prepare", ["true"], 0]);
    assert.deepEqual(first.securityContext.capabilities, { drop: ["ALL"] });
    assert.equal("readinessProbe" in first, false);
    assert.equal("initContainers" in podOf((await deploy("plain", {})).object("Deployment", "plain")), false);
  });

  it("takes another user than the platform's, for the volumes too", async () => {
    const { spec } = podOf(
      (await deploy("server", { identity: { uid: 993, gid: 992 } })).object("Deployment", "server"),
    );
    assert.deepEqual(spec.securityContext, {
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
      runAsUser: 993,
      runAsGroup: 992,
      fsGroup: 992,
      fsGroupChangePolicy: "OnRootMismatch",
    });
  });

  it("keeps pods of one volume on one node, by a label that the pod itself has", async () => {
    const { metadata, spec } = podOf(
      (await deploy("server", { together: "results" })).object("Deployment", "server"),
    );
    const [term, ...others] = spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    assert.equal(others.length, 0);
    assert.equal(term.topologyKey, "kubernetes.io/hostname");
    // A pod that matches its own term can be the first one: no pod waits for another one.
    const labels = metadata as unknown as { labels: Record<string, string> };
    for (const [key, value] of Object.entries(term.labelSelector.matchLabels))
      assert.equal(labels.labels[key], value);
  });

  it("shares processes between containers on request alone", async () => {
    const shared = podOf((await deploy("server", { shareProcesses: true })).object("Deployment", "server"));
    assert.equal(shared.spec.shareProcessNamespace, true);
    const apart = podOf((await deploy("server", {})).object("Deployment", "server"));
    assert.equal("shareProcessNamespace" in apart.spec, false);
  });
});

describe("connections to the outside", () => {
  it("can be none at all, not even name servers", async () => {
    const { spec } = (await deploy("vault", { reaches: "nothing" })).object("NetworkPolicy", "vault");
    assert.deepEqual([spec.policyTypes, spec.egress], [["Ingress", "Egress"], []]);
  });

  it("can be confined to networks", async () => {
    const { spec } = (await deploy("builder", { reaches: [{ port: 22, networks: ["10.1.0.0/16"] }] })).object(
      "NetworkPolicy",
      "builder",
    );
    assert.deepEqual(spec.egress.at(-1), {
      to: [{ ipBlock: { cidr: "10.1.0.0/16" } }],
      ports: [{ protocol: "TCP", port: 22 }],
    });
  });

  it("S20: are closed for the pods that no other policy selects", async () => {
    const { spec } = (await runMocked(() => denyByDefault(site, {}))).object(
      "NetworkPolicy",
      "deny-by-default",
    );
    assert.deepEqual(spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });
});

it("a claim can be for many nodes at once", async () => {
  const stack = await runMocked(() => {
    claim("one", { site, component: "server", storage: "1Gi" }, {});
    claim("many", { site, component: "server", storage: "1Gi", manyNodes: true }, {});
  });
  const modes = (name: string): unknown => stack.object("PersistentVolumeClaim", name).spec.accessModes;
  assert.deepEqual([modes("one"), modes("many")], [["ReadWriteOnce"], ["ReadWriteMany"]]);
});

it("S8: a key-value store without a password answers other pods, and its policy says which", async () => {
  const stack = await runMocked(
    () =>
      new KeyValueStore("redis", {
        site,
        image,
        kind: "valkey",
        storage: "1Gi",
        resources: { requests: { cpu: "1", memory: "256Mi" }, limits: { cpu: "1", memory: "256Mi" } },
        clients: ["copr-frontend"],
      }),
  );
  const conf = stack.object("ConfigMap", "redis-config").data["redis.conf"];
  assert.match(conf, /^protected-mode "no"$/m);
  assert.doesNotMatch(conf, /include/);
  assert.deepEqual(
    stack.object("NetworkPolicy", "redis").spec.ingress[0].from[0].podSelector.matchExpressions[0].values,
    ["copr-frontend"],
  );
});
