import assert from "node:assert/strict";

import type { ContainerArgs } from "../../../components/platform/container";
import { ConfigFiles, SecretFiles } from "../../../components/platform/files";
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
const resources = { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "20m", memory: "32Mi" } };
const probe = { tcpSocket: { port: 80 } };
const main: WorkloadArgs = {
  site,
  image: { reference: "web:dev", trigger: { stream: "web", tag: "dev" } },
  probes: { readiness: probe, liveness: probe },
  resources,
  mounts: [{ scratch: "tmp", path: "/tmp", sizeLimit: "1Mi" }],
};

/** A web server with a sidecar that reads a ConfigMap and a Secret. */
function deploy(content = "a", sidecar: Partial<ContainerArgs> = {}): Promise<Stack> {
  return runMocked(() => {
    const config = new ConfigFiles("logs-config", { site, data: { "logs.conf": content } }, {});
    const login = new SecretFiles("logs-login", { site, data: { token: "s3cret" } }, {});
    const args: ContainerArgs = {
      image: { reference: "logs:dev", trigger: { stream: "logs", tag: "dev" } },
      env: { TOKEN: { from: login, key: "token" } },
      ports: { monitor: 9000 },
      udpPorts: { syslog: 5140 },
      probes: { readiness: probe, liveness: probe },
      resources,
      mounts: [{ path: "/logs", files: [{ from: config }] }],
      ...sidecar,
    };
    return new Workload("web", { ...main, sidecars: { logs: args } });
  });
}

describe("a sidecar", () => {
  it("runs beside the pod's own container, as restricted, with its own volumes", async () => {
    const { spec } = (await deploy()).object("Deployment", "web").spec.template;
    const [own, logs] = spec.containers;
    assert.deepEqual([own.name, logs.name], ["web", "logs"]);
    assert.deepEqual(logs.securityContext, own.securityContext);
    assert.deepEqual(logs.ports, [
      { name: "monitor", containerPort: 9000, protocol: "TCP" },
      { name: "syslog", containerPort: 5140, protocol: "UDP" },
    ]);
    const mounts = (container: { volumeMounts: { name: string }[] }): string[] =>
      container.volumeMounts.map(({ name }) => name);
    assert.deepEqual([mounts(own), mounts(logs)], [["tmp"], ["logs-config"]]);
    assert.deepEqual(
      spec.volumes.map(({ name }: { name: string }) => name),
      ["tmp", "logs-config"],
    );
  });

  it("D11: restarts the pod when what it reads changes", async () => {
    const checksum = async (content: string): Promise<string> =>
      (await deploy(content)).object("Deployment", "web").spec.template.metadata.annotations[
        "packit.dev/config-checksum"
      ];
    assert.equal(await checksum("a"), await checksum("a"));
    assert.notEqual(await checksum("a"), await checksum("b"));
  });

  it("D31, D32: is rolled out with new images of its own, and its field is not fought over", async () => {
    const stack = await deploy();
    const { annotations } = stack.object("Deployment", "web").metadata;
    const triggers = JSON.parse(annotations?.["image.openshift.io/triggers"] ?? "[]");
    assert.deepEqual(
      triggers.map(({ from, fieldPath }: { from: { name: string }; fieldPath: string }) => [
        from.name,
        fieldPath,
      ]),
      [
        ["web:dev", 'spec.template.spec.containers[?(@.name=="web")].image'],
        ["logs:dev", 'spec.template.spec.containers[?(@.name=="logs")].image'],
      ],
    );
    assert.deepEqual(stack.resource("Deployment", "web").ignoreChanges, [
      "spec.template.spec.containers[0].image",
      "spec.template.spec.containers[1].image",
    ]);
  });

  it("leaves an image alone that nothing triggers", async () => {
    const stack = await deploy("a", { image: { reference: "registry.example/logs@sha256:1" } });
    assert.deepEqual(stack.resource("Deployment", "web").ignoreChanges, [
      "spec.template.spec.containers[0].image",
    ]);
  });
});
