import assert from "node:assert/strict";

import { Tokman } from "../../../components/packit/tokman";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { application, containerOf, environmentOf, resources, secret, site, supplies } from "./fixtures";

describe("Tokman", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await runMocked(
      () =>
        new Tokman("tokman", {
          site,
          image: { reference: "quay.io/packit/tokman@sha256:1" },
          application,
          sentry: supplies().sentry,
          githubApp: { id: "29", key: secret("github-app-private-key", "private-key.pem") },
          workers: 2,
          storage: "1Gi",
          clients: ["packit-worker", "packit-service"],
          resources,
        }),
    );
    deployment = stack.object("Deployment", "tokman");
  });

  it("has the environment that it reads", () => {
    assert.deepEqual(environmentOf(deployment), {
      DEPLOYMENT: "stg",
      LOG_LEVEL: "DEBUG",
      WORKERS: "2",
      TOKMAN_CONFIG: "/etc/config/config.py",
      BIND_ADDR: "0.0.0.0:8000",
      DB_URI: "sqlite:////access_tokens/access_tokens.db",
      SENTRY_SECRET: "sentry/dsn",
    });
  });

  it("D35: takes the App's number from its own argument, into a file of its own", () => {
    const { data } = stack.object("Secret", "tokman-config");
    assert.match(Buffer.from(data["config.py"], "base64").toString(), /^GITHUB_APP_ID = 29$/m);
    assert.ok(!stack.has("ConfigMap", "tokman-config"));
  });

  it("keeps its tokens in a volume of its own, which goes with the stack", () => {
    const claim = stack.resource("PersistentVolumeClaim", "access-tokens-pvc");
    assert.equal(claim.protect, false);
    const { volumeMounts } = containerOf(deployment);
    const paths = volumeMounts.map(({ mountPath, readOnly }: { mountPath: string; readOnly?: boolean }) => [
      mountPath,
      readOnly ?? false,
    ]);
    assert.deepEqual(paths, [
      ["/secrets", true],
      ["/etc/config", true],
      ["/access_tokens", false],
      ["/tmp", false],
    ]);
    // Two pods cannot have the volume at once.
    assert.deepEqual(deployment.spec.strategy, { type: "Recreate" });
  });

  it("D09: has all probes, at an address that asks nobody else", () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(deployment);
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
      assert.deepEqual(probe.httpGet, { path: "/api/health", port: 8000 });
    }
  });

  it("D26: answers those alone that need its tokens", () => {
    const [rule] = stack.object("NetworkPolicy", "tokman").spec.ingress;
    assert.deepEqual(rule.ports, [{ protocol: "TCP", port: 8000 }]);
    assert.deepEqual(rule.from[0].podSelector.matchExpressions[0].values, [
      "packit-service",
      "packit-worker",
    ]);
    assert.deepEqual(stack.object("Service", "tokman").spec.ports, [
      { name: "tokman", port: 80, targetPort: 8000, protocol: "TCP" },
    ]);
  });
});
