import assert from "node:assert/strict";

import { RedisCommander } from "../../../components/data/redis-commander";
import { KubernetesPlatform } from "../../../components/platform/kubernetes";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import type { Platform } from "../../../components/platform/platform";
import { runMocked, type Stack } from "../../support/mocks";
import { Pod } from "../../support/pods";

function deploy(host?: string, platform: Platform = new OpenShiftPlatform()): Promise<Stack> {
  return runMocked(
    () =>
      new RedisCommander("redis-commander", {
        site: { platform, namespace: "packit-dev", instance: "dev", durable: false },
        image: { reference: "registry.example/redis-commander@sha256:1" },
        store: { host: "valkey", password: "st0re" },
        login: { user: "someone", password: "l0gin" },
        host,
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { cpu: "50m", memory: "128Mi" } },
      }),
  );
}

describe("RedisCommander", () => {
  let stack: Stack;
  let pod: Pod;
  before(async () => {
    stack = await deploy();
    pod = new Pod(stack, "redis-commander");
  });

  it("takes the store and its users from Secrets", () => {
    assert.deepEqual(pod.environment, {
      NODE_CONFIG: "redis-commander-connection/config.json",
      HTTP_USER: "redis-commander-secret/redis-commander-user",
      HTTP_PASSWORD: "redis-commander-secret/redis-commander-password",
    });
    const { data } = stack.object("Secret", "redis-commander-connection");
    const config = JSON.parse(Buffer.from(data["config.json"], "base64").toString());
    const store = { host: "valkey", port: 6379, password: "st0re" };
    assert.deepEqual(config, {
      noSave: true,
      noLogData: true,
      connections: [
        { dbIndex: 0, label: "queues", ...store },
        { dbIndex: 1, label: "results", ...store },
      ],
    });
  });

  it("D26: shows no password among its processes", () => {
    assert.doesNotMatch(JSON.stringify(stack.object("Deployment", "redis-commander")), /st0re|l0gin/);
    // The image's own script would put the store's password there; its entry point stays.
    assert.deepEqual(pod.container.args, ["node", "./bin/redis-commander"]);
    assert.equal("command" in pod.container, false);
  });

  it("D26: cannot be reached from outside, and by nobody within", () => {
    assert.ok(!stack.has("Route", "redis-commander"));
    assert.deepEqual(stack.object("NetworkPolicy", "redis-commander").spec.ingress, []);
  });

  it("D26: is published under a host on request, with TLS that the router ends and no way around it", async () => {
    const open = await deploy("redis-commander.dev.packit.dev");
    const { host, port, tls, to } = open.object("Route", "redis-commander").spec;
    assert.equal(host, "redis-commander.dev.packit.dev");
    assert.deepEqual(tls, { termination: "edge", insecureEdgeTerminationPolicy: "Redirect" });
    assert.deepEqual([to.name, port.targetPort], ["redis-commander", "8081"]);
    const [rule] = open.object("NetworkPolicy", "redis-commander").spec.ingress;
    assert.deepEqual(rule.ports, [{ protocol: "TCP", port: 8081 }]);
    assert.deepEqual(rule.from, [
      { namespaceSelector: { matchLabels: { "network.openshift.io/policy-group": "ingress" } } },
    ]);
  });

  it("has its TLS ended by plain Kubernetes' controller as well", async () => {
    const open = await deploy("redis-commander.dev.packit.dev", new KubernetesPlatform());
    const { metadata, spec } = open.object("Ingress", "redis-commander");
    assert.equal(metadata.annotations?.["nginx.ingress.kubernetes.io/ssl-passthrough"], undefined);
    assert.equal(metadata.annotations?.["nginx.ingress.kubernetes.io/force-ssl-redirect"], "true");
    assert.deepEqual(spec.rules[0].http.paths[0].backend.service.port, { number: 8081 });
  });

  it("D09: has probes that need neither password nor store", () => {
    const { readinessProbe, livenessProbe } = pod.container;
    assert.equal(readinessProbe.httpGet.path, "/healthcheck");
    assert.equal(livenessProbe.httpGet.path, "/healthcheck");
  });

  it("D36: carries the same labels on its Service as on its pods", () => {
    const { labels } = stack.object("Service", "redis-commander").metadata;
    assert.deepEqual(labels, stack.object("Deployment", "redis-commander").spec.template.metadata.labels);
  });

  it("writes to volumes alone", () => {
    assert.equal(pod.container.securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(pod.writablePaths, ["/tmp"]);
  });
});
