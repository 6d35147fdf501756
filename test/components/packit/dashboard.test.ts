import assert from "node:assert/strict";

import { Dashboard, type DashboardArgs } from "../../../components/packit/dashboard";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { containerOf, environmentOf, mountsOf, resources, secret, site, writablePathsOf } from "./fixtures";

function deploy(hosts: Pick<DashboardArgs, "apiHost" | "backends" | "host">): Promise<Stack> {
  return runMocked(
    () =>
      new Dashboard("packit-dashboard", {
        site,
        image: { reference: "quay.io/packit/dashboard@sha256:1" },
        tls: secret("packit-tls", "fullchain.pem"),
        resources,
        ...hosts,
      }),
  );
}

const staging = { host: "dashboard.stg.packit.dev", apiHost: "stg.packit.dev" };
const testInstance = { host: "dashboard-pr-614.dev.packit.dev", apiHost: "pr-614.dev.packit.dev" };

describe("Dashboard", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await deploy(staging);
    deployment = stack.object("Deployment", "packit-dashboard");
  });

  it("D17: gets no address of Sentry, which only its build could use", () => {
    assert.deepEqual(environmentOf(deployment), {
      DEPLOYMENT: "stg",
    });
  });

  it("D25: holds the certificate and nothing else", () => {
    assert.deepEqual(mountsOf(deployment), {
      "/secrets": "packit-tls",
      "/tmp": "scratch",
    });
  });

  it("D05: is published under its host in every environment", async () => {
    for (const hosts of [
      staging,
      testInstance,
      { host: "dashboard.dev.packit.dev", apiHost: "dev.packit.dev" },
    ]) {
      const published = await deploy(hosts);
      const route = published.object("Route", "packit-dashboard").spec;
      assert.equal(route.host, hosts.host);
      assert.deepEqual(route.port, { targetPort: "packit-dashboard-https" });
      assert.deepEqual(published.object("Service", "packit-dashboard").spec.ports, [
        { name: "packit-dashboard-https", port: 443, targetPort: 8443, protocol: "TCP" },
      ]);
    }
  });

  it("leaves the start to the image where that answers to the host", async () => {
    const production = { host: "dashboard.packit.dev", apiHost: "prod.packit.dev" };
    for (const hosts of [staging, production]) {
      assert.equal(
        containerOf((await deploy(hosts)).object("Deployment", "packit-dashboard")).command,
        undefined,
      );
    }
  });

  it("answers to the hosts that the image's start script does not know", async () => {
    const instance = (await deploy(testInstance)).object("Deployment", "packit-dashboard");
    const command: string[] = containerOf(instance).command;
    const option = (name: string): string | undefined => command[command.indexOf(name) + 1];
    assert.equal(option("--server-name"), "dashboard-pr-614.dev.packit.dev");
    assert.equal(option("--server-alias"), "pr-614.dev.packit.dev");
    assert.equal(option("--https-port"), "8443");
    // Its server asks the API at https://<DEPLOYMENT>.packit.dev.
    assert.deepEqual(environmentOf(instance), { DEPLOYMENT: "pr-614.dev" });
  });

  it("refuses an API that its pages could not load data from", async () => {
    await assert.rejects(
      deploy({ host: "dashboard.example.org", apiHost: "api.example.org" }),
      /below packit\.dev only, not at api\.example\.org/,
    );
  });

  it("D09, D10: is asked by its own name", () => {
    const { readinessProbe, livenessProbe } = containerOf(deployment);
    assert.equal(readinessProbe.exec.command.at(-1), "https://dashboard.stg.packit.dev/");
    assert.deepEqual(livenessProbe.tcpSocket, { port: 8443 });
  });

  it("D37: a new image is no outage", () => {
    assert.equal(deployment.spec.strategy.rollingUpdate.maxUnavailable, 0);
  });

  it("D64: only the router reaches it", () => {
    const { ingress } = stack.object("NetworkPolicy", "packit-dashboard").spec;
    assert.deepEqual(ingress, [{ from: [site.platform.router], ports: [{ protocol: "TCP", port: 8443 }] }]);
  });

  it("writes to volumes alone: httpd's own folder and the usage cache below /tmp", () => {
    assert.equal(containerOf(deployment).securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePathsOf(deployment), ["/tmp"]);
  });
});

describe("Dashboard of several services", () => {
  const backends = [
    { name: "Packit", context: "packit", host: "prod.packit.dev" },
    { name: "Fedora CI", context: "fedora-ci", host: "prod.fedora-ci.packit.dev" },
  ];
  const production = { host: "dashboard.packit.dev", apiHost: "prod.packit.dev" };

  it("serves the list of them, and lets pages load their data and nobody else's", async () => {
    const stack = await deploy({ ...production, backends });
    const { data } = stack.object("ConfigMap", "packit-dashboard-backends");
    assert.deepEqual(JSON.parse(data["backends.json"] as string), {
      backends: [
        { name: "Packit", context: "packit", api: "https://prod.packit.dev/api" },
        { name: "Fedora CI", context: "fedora-ci", api: "https://prod.fedora-ci.packit.dev/api" },
      ],
    });
    assert.equal(
      data["backends.conf"],
      "Header set Content-Security-Policy \"default-src 'self' https://prod.packit.dev https://prod.fedora-ci.packit.dev\"\n",
    );
    const deployment = stack.object("Deployment", "packit-dashboard");
    const command: string[] = containerOf(deployment).command;
    const alias = command.indexOf("--url-alias");
    assert.deepEqual(command.slice(alias, alias + 4), [
      "--url-alias",
      "/backends.json",
      "/packit-dashboard/backends.json",
      "--include-file",
    ]);
    assert.equal(mountsOf(deployment)["/packit-dashboard"], "packit-dashboard-backends");
    assert.equal(command[command.indexOf("--server-name") + 1], "dashboard.packit.dev");
  });

  it("is with one of them as it is without a list", async () => {
    const alone = await deploy({ ...production, backends: backends.slice(0, 1) });
    const without = await deploy(production);
    assert.deepEqual(alone.resources, without.resources);
  });

  it("refuses a host that would open the policy to others, and two of the same", async () => {
    for (const host of ["*.packit.dev", "evil.example; script-src *", "packit.dev/path", 'x" y.example']) {
      const others = [...backends, { name: "Third", context: "third", host }];
      await assert.rejects(deploy({ ...production, backends: others }), /cannot have the host/);
    }
    const twice = [...backends, { name: "Third", context: "packit", host: "third.packit.dev" }];
    await assert.rejects(deploy({ ...production, backends: twice }), /have the context packit/);
  });
});
