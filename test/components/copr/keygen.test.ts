import assert from "node:assert/strict";

import { CoprKeygen } from "../../../components/copr/keygen";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { containerOf, containersOf, image, pathsOf, resources, site } from "./fixtures";

describe("CoprKeygen", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await runMocked(
      () =>
        new CoprKeygen("copr-keygen", {
          site,
          image,
          networks: ["10.128.0.0/14"],
          storage: "1Gi",
          resources: { signd: resources, httpd: resources },
          prolongSchedule: "0 3 * * *",
        }),
    );
    deployment = stack.object("Deployment", "copr-keygen");
  });

  it("S1: the backend alone reaches its two ports, and it reaches nobody, not even name servers", () => {
    const { ingress, egress, policyTypes } = stack.object("NetworkPolicy", "copr-keygen").spec;
    assert.deepEqual(policyTypes, ["Ingress", "Egress"]);
    const backend = {
      podSelector: { matchExpressions: [{ key: "component", operator: "In", values: ["copr-backend"] }] },
    };
    assert.deepEqual(ingress, [
      { from: [backend], ports: [{ protocol: "TCP", port: 5003 }] },
      { from: [backend], ports: [{ protocol: "TCP", port: 5167 }] },
    ]);
    assert.deepEqual(egress, []);
    assert.equal(stack.has("Route", "copr-keygen"), false);
  });

  it("S1: its second layer allows the pods' networks alone", () => {
    const conf = stack.object("ConfigMap", "copr-keygen-config").data["sign.conf"];
    assert.match(conf, /^allow: 10\.128\.0\.0\/14$/m);
    assert.match(conf, /^allowuser: 993$/m);
    assert.ok(pathsOf(containerOf(deployment, "signer")).includes("/etc/sign.conf"));
    assert.equal(pathsOf(containerOf(deployment, "httpd")).includes("/etc/sign.conf"), false);
  });

  it("gives each volume to the pod once, whichever containers share it", () => {
    const names = deployment.spec.template.spec.volumes.map(({ name }: { name: string }) => name);
    assert.deepEqual([...new Set(names)], names);
    for (const container of containersOf(deployment).values())
      for (const { name } of container.volumeMounts) assert.ok(names.includes(name), name);
  });

  it("C30: keeps the keys when the stack goes", () => {
    const { protect, retainOnDelete } = stack.resource("PersistentVolumeClaim", "copr-keygen-data");
    assert.deepEqual([protect, retainOnDelete], [true, true]);
  });

  it("B17, C32: runs as the image's signer, who may write to the volume", () => {
    const { runAsUser, runAsGroup, fsGroup } = deployment.spec.template.spec.securityContext;
    assert.deepEqual([runAsUser, runAsGroup, fsGroup], [993, 992, 992]);
    assert.match(stack.object("ConfigMap", "copr-keygen-users").data.users, /^copr-signer:x:993:992:/m);
  });

  it("prolongs keys daily, on the node of their volume, with no connection at all", () => {
    const cron = stack.object("CronJob", "copr-keygen-prolong");
    const command = containerOf(cron, "copr-keygen-prolong").command.join(" ");
    assert.match(command, /gpg-copr --check-trustdb --batch\ngpg-copr-prolong/);
    const pod = cron.spec.jobTemplate.spec.template;
    const [term] = pod.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    const labels = deployment.spec.template.metadata.labels;
    for (const [key, value] of Object.entries(term.labelSelector.matchLabels))
      assert.equal(labels[key], value);
    assert.deepEqual(stack.object("NetworkPolicy", "copr-keygen-prolong").spec.egress, []);
    assert.equal(stack.has("RoleBinding", "copr-keygen-prolong-fixed-user"), true);
  });

  it("C22, C24: probes its servers, and does not disturb signd often", () => {
    assert.deepEqual(containerOf(deployment, "httpd").readinessProbe.httpGet, { path: "/ping", port: 5003 });
    const signd = containerOf(deployment, "signer");
    assert.deepEqual(signd.readinessProbe.tcpSocket, { port: 5167 });
    assert.equal(signd.livenessProbe.periodSeconds, 30);
  });

  it("S20: has servers under tini without rights, and writes to volumes alone", () => {
    for (const [name, { command, securityContext }] of containersOf(deployment)) {
      assert.deepEqual(securityContext, {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      });
      if (["signer", "httpd"].includes(name)) assert.equal(command[0], "/usr/bin/tini");
    }
  });
});
