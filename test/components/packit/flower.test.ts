import assert from "node:assert/strict";

import { Flower } from "../../../components/packit/flower";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import { containerOf, environmentOf, resources, secret, site, writablePathsOf } from "./fixtures";

describe("Flower", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await runMocked(
      () =>
        new Flower("flower", {
          site,
          image: { reference: "quay.io/packit/flower@sha256:1" },
          brokerUrl: { from: secret("flower-broker", "url", "redis://:s3cret@valkey:6379/0"), key: "url" },
          clients: ["nginx"],
          resources,
        }),
    );
    deployment = stack.object("Deployment", "flower");
  });

  it("has the environment that it reads", () => {
    assert.deepEqual(environmentOf(deployment), {
      CELERY_BROKER_URL: "flower-broker/url",
      FLOWER_PORT: "5555",
      FLOWER_UNAUTHENTICATED_API: "true",
    });
  });

  it("is found under its name", () => {
    assert.deepEqual(stack.object("Service", "flower").spec.ports, [
      { name: "5555", port: 5555, targetPort: 5555, protocol: "TCP" },
    ]);
    assert.ok(!stack.has("Route", "flower"));
  });

  it("D09: has probes that need no broker", () => {
    const { readinessProbe, livenessProbe } = containerOf(deployment);
    assert.deepEqual(readinessProbe.httpGet, { path: "/healthcheck", port: 5555 });
    assert.deepEqual(livenessProbe.httpGet, { path: "/healthcheck", port: 5555 });
  });

  it("D26: shows the broker's password to its pods alone, and answers nginx alone", () => {
    assert.doesNotMatch(JSON.stringify(deployment), /s3cret/);
    assert.deepEqual(stack.object("NetworkPolicy", "flower").spec.ingress, [
      {
        from: [
          { podSelector: { matchExpressions: [{ key: "component", operator: "In", values: ["nginx"] }] } },
        ],
        ports: [{ protocol: "TCP", port: 5555 }],
      },
    ]);
  });

  it("writes to volumes alone", () => {
    assert.equal(containerOf(deployment).securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePathsOf(deployment), ["/tmp"]);
  });
});
