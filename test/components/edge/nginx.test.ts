import assert from "node:assert/strict";

import { Nginx, type NginxArgs } from "../../../components/edge/nginx";
import { Pushgateway } from "../../../components/edge/pushgateway";
import { SecretFiles } from "../../../components/platform/files";
import { KubernetesPlatform } from "../../../components/platform/kubernetes";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import type { Site } from "../../../components/platform/site";
import { runMocked, type Stack } from "../../support/mocks";
import { Pod } from "../../support/pods";

const site: Site = {
  platform: new OpenShiftPlatform(),
  namespace: "packit--stg",
  instance: "stg",
  durable: true,
};
const resources = { requests: { cpu: "5m", memory: "16Mi" }, limits: { cpu: "50m", memory: "50Mi" } };
const image = { reference: "registry.example/image@sha256:1" };

function publishes(
  what: { pushgateway?: boolean; flower?: boolean },
  overrides: Partial<NginxArgs> = {},
): Promise<Stack> {
  return runMocked(() => {
    const secret = (name: string, ...keys: string[]): SecretFiles =>
      new SecretFiles(name, { site, data: Object.fromEntries(keys.map((key) => [key, key])) }, {});
    const pushgateway =
      what.pushgateway === true
        ? new Pushgateway("pushgateway", { site, image, resources, clients: ["packit-worker", "nginx"] })
        : undefined;
    return new Nginx("nginx", {
      site,
      image,
      resources,
      host: "workers.stg.packit.dev",
      tls: secret("packit-tls", "fullchain.pem", "privkey.pem"),
      ...(pushgateway && { metrics: { host: pushgateway.host, port: 80 } }),
      ...(what.flower === true && {
        flower: { host: "flower", port: 5555, htpasswd: secret("flower-htpasswd", "htpasswd") },
      }),
      ...overrides,
    });
  });
}

describe("Nginx", () => {
  it("D07: publishes metrics without Flower", async () => {
    const stack = await publishes({ pushgateway: true });
    assert.ok(stack.has("Deployment", "nginx"));
    const conf = stack.object("ConfigMap", "nginx-config").data["nginx.conf"];
    assert.match(conf, /proxy_pass http:\/\/pushgateway:80;/);
    assert.doesNotMatch(conf, /flower|auth_basic/);
  });

  it("D08: publishes Flower without a pushgateway", async () => {
    const conf = (await publishes({ flower: true })).object("ConfigMap", "nginx-config").data["nginx.conf"];
    assert.match(
      conf,
      /auth_basic_user_file \/etc\/nginx-users\/htpasswd;\n +proxy_pass http:\/\/flower:5555;/,
    );
    assert.doesNotMatch(conf, /pushgateway/);
  });

  it("D07, D08: refuses to be there for nothing", async () => {
    await assert.rejects(publishes({}), /nginx has nothing to publish/);
  });

  it("D05: is reached under the host that it was given", async () => {
    const route = (await publishes({ flower: true })).object("Route", "nginx").spec;
    assert.equal(route.host, "workers.stg.packit.dev");
    assert.deepEqual(route.to, { kind: "Service", name: "nginx" });
    assert.deepEqual(route.port, { targetPort: "nginx-https" });
    const onKubernetes = await publishes(
      { flower: true },
      { site: { ...site, platform: new KubernetesPlatform() } },
    );
    assert.equal(onKubernetes.object("Ingress", "nginx").spec.rules[0].host, "workers.stg.packit.dev");
  });

  it("D09: has probes that need no other server", async () => {
    const { container } = new Pod(await publishes({ flower: true }), "nginx");
    assert.deepEqual(container.readinessProbe.httpGet, { path: "/healthz", port: 8081 });
    assert.deepEqual(container.livenessProbe.httpGet, { path: "/healthz", port: 8081 });
  });

  it("D25, D28: mounts its files one beside the other, away from /etc/nginx, and only the two of TLS", async () => {
    const pod = new Pod(await publishes({ flower: true }), "nginx");
    assert.deepEqual(pod.mountPaths, ["/etc/nginx-edge", "/secrets", "/etc/nginx-users", "/tmp"]);
    assert.deepEqual(pod.writablePaths, ["/tmp"]);
    assert.deepEqual(pod.container.command, ["nginx", "-e", "stderr", "-c", "/etc/nginx-edge/nginx.conf"]);
    assert.deepEqual(
      pod.volumeAt("/secrets")?.secret.items.map((item) => item.path),
      ["fullchain.pem", "privkey.pem"],
    );
  });

  it("D37: a new pod serves before the old one goes", async () => {
    const { strategy } = (await publishes({ flower: true })).object("Deployment", "nginx").spec;
    assert.equal(strategy.type, "RollingUpdate");
  });

  it("D64: admits the router alone, to the port behind the Service", async () => {
    const stack = await publishes({ flower: true });
    assert.deepEqual(stack.object("Service", "nginx").spec.ports, [
      { name: "nginx-https", port: 443, targetPort: 8443, protocol: "TCP" },
    ]);
    assert.deepEqual(stack.object("NetworkPolicy", "nginx").spec.ingress, [
      { from: [site.platform.router], ports: [{ protocol: "TCP", port: 8443 }] },
    ]);
  });

  it("D11: another user of Flower restarts it", async () => {
    const checksum = async (user: string): Promise<string> => {
      const stack = await runMocked(() => {
        const tls = new SecretFiles("packit-tls", { site, data: {} }, {});
        const htpasswd = new SecretFiles("flower-htpasswd", { site, data: { htpasswd: user } }, {});
        const flower = { host: "flower", port: 5555, htpasswd };
        return new Nginx("nginx", { site, image, resources, host: "workers.example.org", tls, flower });
      });
      const { annotations } = stack.object("Deployment", "nginx").spec.template.metadata;
      return annotations["packit.dev/config-checksum"];
    };
    assert.notEqual(await checksum("one"), await checksum("two"));
  });
});

describe("Pushgateway", () => {
  it("is one pod under the name that workers push to", async () => {
    const stack = await publishes({ pushgateway: true });
    const { spec } = stack.object("Deployment", "pushgateway");
    assert.deepEqual(spec.strategy, { type: "Recreate" });
    assert.deepEqual(spec.template.spec.containers[0].args, ["--apiListen=:9091", "--lifecycleListen=:8888"]);
    assert.deepEqual(stack.object("Service", "pushgateway").spec.ports, [
      { name: "prometheus-push", port: 80, targetPort: 9091, protocol: "TCP" },
    ]);
  });

  it("D09: has probes for readiness and liveness", async () => {
    const { container } = new Pod(await publishes({ pushgateway: true }), "pushgateway");
    assert.deepEqual(container.readinessProbe.httpGet, { path: "/ready", port: 8888 });
    assert.deepEqual(container.livenessProbe.httpGet, { path: "/healthy", port: 8888 });
  });

  it("D26: admits its clients alone", async () => {
    const [rule, ...others] = (await publishes({ pushgateway: true })).object("NetworkPolicy", "pushgateway")
      .spec.ingress;
    assert.deepEqual(others, []);
    assert.deepEqual(rule.ports, [{ protocol: "TCP", port: 9091 }]);
    assert.deepEqual(rule.from[0].podSelector.matchExpressions[0].values, ["nginx", "packit-worker"]);
  });
});
