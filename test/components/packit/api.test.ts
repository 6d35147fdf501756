import assert from "node:assert/strict";

import { Api, type ApiArgs } from "../../../components/packit/api";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import {
  application,
  containerOf,
  distgit,
  environmentOf,
  mountsOf,
  resources,
  secret,
  site,
  supplies,
  writablePathsOf,
} from "./fixtures";

function deploy(overrides: () => Partial<ApiArgs> = () => ({})): Promise<Stack> {
  return runMocked(() => {
    const { database, queue, sentry, config } = supplies();
    return new Api("packit-service", {
      site,
      image: { reference: "quay.io/packit/packit-service@sha256:1" },
      application,
      distgit,
      database,
      queue,
      sentry,
      config,
      tls: secret("packit-tls", "fullchain.pem"),
      host: "stg.packit.dev",
      resources,
      ...overrides(),
    });
  });
}

describe("Api", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await deploy();
    deployment = stack.object("Deployment", "packit-service");
  });

  it("has the environment that the code reads", () => {
    assert.deepEqual(environmentOf(deployment), {
      PROJECT: "packit--stg",
      DEPLOYMENT: "stg",
      DISTGIT_URL: "https://src.fedoraproject.org/",
      DISTGIT_NAMESPACE: "rpms",
      REDIS_SERVICE_HOST: "valkey",
      REDIS_PASSWORD: "key-value-password/password",
      POSTGRESQL_USER: "postgres-secret/database-user",
      POSTGRESQL_PASSWORD: "postgres-secret/database-password",
      POSTGRESQL_HOST: "postgres-secret/database-host",
      POSTGRESQL_DATABASE: "postgres-secret/database-name",
      SENTRY_SECRET: "sentry/dsn",
    });
  });

  it("is published under its host, through its Service", () => {
    const container = containerOf(deployment);
    assert.deepEqual(container.command, ["/usr/bin/run_httpd.sh"]);
    assert.deepEqual(container.ports, [{ name: "https", containerPort: 8443, protocol: "TCP" }]);
    assert.deepEqual(container.resources, resources);
    assert.deepEqual(stack.object("Service", "packit-service").spec.ports, [
      { name: "prod-packit", port: 443, targetPort: 8443, protocol: "TCP" },
    ]);
    const route = stack.object("Route", "packit-service").spec;
    assert.equal(route.host, "stg.packit.dev");
    assert.deepEqual(route.port, { targetPort: "prod-packit" });
    assert.deepEqual(route.tls, { termination: "passthrough", insecureEdgeTerminationPolicy: "Redirect" });
  });

  it("reports no errors without Sentry", async () => {
    const silent = await deploy(() => ({ sentry: undefined }));
    assert.ok(!("SENTRY_SECRET" in environmentOf(silent.object("Deployment", "packit-service"))));
  });

  it("D09, D10: is asked for its health by its own name, without a slash at the end", () => {
    const { readinessProbe, livenessProbe, startupProbe } = containerOf(deployment);
    const command: string[] = readinessProbe.exec.command;
    assert.equal(command.at(-1), "https://stg.packit.dev/api/healthz");
    assert.ok(command.includes("stg.packit.dev:443:127.0.0.1:8443"));
    assert.deepEqual(livenessProbe.tcpSocket, { port: 8443 });
    assert.deepEqual(startupProbe.tcpSocket, { port: 8443 });
  });

  it("gives a migration half an hour before the kubelet loses patience", () => {
    const { startupProbe } = containerOf(deployment);
    assert.equal(startupProbe.periodSeconds * startupProbe.failureThreshold, 1800);
  });

  it("D12: restarts for a new token in a file that is mounted alone", async () => {
    const checksum = async (token: string) => {
      const signed = await deploy(() => ({ centpkgSig: secret("centpkg-sig", "centpkg-sig.conf", token) }));
      return signed.object("Deployment", "packit-service").spec.template.metadata.annotations;
    };
    assert.notDeepEqual(await checksum("token = a"), await checksum("token = b"));
  });

  it("D25: holds the certificate and the service's configuration, and no keytab, SSH key or Copr token", async () => {
    const given = await deploy(() => ({ githubApp: secret("github-app-private-key", "private-key.pem") }));
    assert.deepEqual(mountsOf(given.object("Deployment", "packit-service")), {
      "/secrets": "packit-tls",
      "/home/packit": "scratch",
      "/home/packit/.config": "packit-config",
      "/gh-secrets": "github-app-private-key",
      "/tmp": "scratch",
    });
  });

  it("D30: sends no log records to a port where nobody listens", () => {
    assert.ok(!("SYSLOG_HOST" in environmentOf(deployment)));
  });

  it("D34: does without the files that a service does not have", () => {
    const paths = Object.keys(mountsOf(deployment));
    assert.ok(!paths.includes("/gh-secrets"));
    assert.ok(!paths.includes("/etc/rpkg/centpkg-sig.conf"));
  });

  it("D36: its Route carries the labels of everything else", () => {
    assert.deepEqual(stack.object("Route", "packit-service").metadata.labels, deployment.metadata.labels);
  });

  it("D37: a new image is no outage", () => {
    const { strategy, template } = deployment.spec;
    assert.equal(strategy.type, "RollingUpdate");
    assert.equal(strategy.rollingUpdate.maxUnavailable, 0);
    assert.ok(template.spec.containers[0].lifecycle.preStop.exec.command.length > 0);
  });

  it("D64: only the router reaches it", () => {
    const { ingress } = stack.object("NetworkPolicy", "packit-service").spec;
    assert.deepEqual(ingress, [{ from: [site.platform.router], ports: [{ protocol: "TCP", port: 8443 }] }]);
  });

  it("writes to volumes alone: httpd's own folder below /tmp, caches in the home", () => {
    assert.equal(containerOf(deployment).securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePathsOf(deployment), ["/home/packit", "/tmp"]);
  });
});
