import assert from "node:assert/strict";

import { Centosmsg, type CentosmsgArgs } from "../../../components/packit/centosmsg";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import {
  application,
  containerOf,
  environmentOf,
  mountsOf,
  resources,
  secret,
  site,
  supplies,
  writablePathsOf,
} from "./fixtures";

const NAME = "packit-service-centosmsg";

function deploy(overrides: Partial<CentosmsgArgs> = {}): Promise<Stack> {
  return runMocked(() => {
    const { queue, sentry } = supplies();
    return new Centosmsg(NAME, {
      site,
      image: { reference: "quay.io/packit/packit-service-centosmsg@sha256:1" },
      application,
      messages: {
        host: "mqtt.stg.centos.org",
        topic: "git.stg.centos.org/#",
        subtopics: ["pull-request", "commit"],
        logLevel: "INFO",
      },
      queue,
      sentry,
      brokerUrl: {
        from: secret("centosmsg-broker", "broker-url", "redis://:s3cret@valkey:6379/0"),
        key: "broker-url",
      },
      certificates: secret("centos-secrets", "centos.cert"),
      resources,
      ...overrides,
    });
  });
}

describe("Centosmsg", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await deploy();
    deployment = stack.object("Deployment", NAME);
  });

  it("has the environment that it reads", () => {
    assert.deepEqual(environmentOf(deployment), {
      DEPLOYMENT: "stg",
      MQTT_HOST: "mqtt.stg.centos.org",
      MQTT_PORT: "8883",
      MQTT_TOPICS: "git.stg.centos.org/#",
      MQTT_SUBTOPICS: "pull-request,commit",
      LOG_LEVEL: "INFO",
      CELERY_DEFAULT_QUEUE: "short-running",
      REDIS_SERVICE_HOST: "valkey",
      CELERY_BROKER_URL: "centosmsg-broker/broker-url",
      CELERY_RESULT_BACKEND: "centosmsg-broker/broker-url",
      SENTRY_SECRET: "sentry/dsn",
    });
    assert.deepEqual(containerOf(deployment).command, ["listen-to-centos-messaging"]);
  });

  it("is told what queues are called where that is not the default", async () => {
    const prefixed = (await deploy({ queueNamePrefix: "stream" })).object("Deployment", NAME);
    assert.equal(environmentOf(prefixed).QUEUE_NAME_PREFIX, "stream");
  });

  it("D25, D26: holds its certificates alone, and shows the broker's password to its pods alone", () => {
    assert.deepEqual(mountsOf(deployment), { "/secrets": "centos-secrets" });
    assert.doesNotMatch(JSON.stringify(deployment), /s3cret/);
  });

  it("D09: is ready while it is connected to the broker, and started anew after ten minutes without", () => {
    const { readinessProbe, livenessProbe } = containerOf(deployment);
    assert.match(readinessProbe.exec.command.join(" "), /:22B3 01 /);
    assert.match(livenessProbe.exec.command.join(" "), /:22B3 01 /);
    assert.equal(livenessProbe.periodSeconds * livenessProbe.failureThreshold, 600);
  });

  it("D64: nobody connects to it, and it connects to brokers, Sentry and name servers alone", async () => {
    const { ingress, egress, policyTypes } = stack.object("NetworkPolicy", NAME).spec;
    assert.deepEqual(policyTypes, ["Ingress", "Egress"]);
    assert.deepEqual(ingress, []);
    const ports = (rules: { ports: { protocol: string; port: number }[] }[]): string[] =>
      rules.flatMap((rule) => rule.ports.map(({ protocol, port }) => `${protocol} ${port}`));
    const names = ["UDP 53", "TCP 53", "UDP 5353", "TCP 5353"];
    assert.deepEqual(ports(egress), [...names, "TCP 8883", "TCP 6379", "TCP 443"]);
    const silent = (await deploy({ sentry: undefined })).object("NetworkPolicy", NAME).spec;
    assert.deepEqual(ports(silent.egress), [...names, "TCP 8883", "TCP 6379"]);
  });

  it("handles no message twice during a rollout, and writes nothing", () => {
    assert.deepEqual(deployment.spec.strategy, { type: "Recreate" });
    assert.equal(containerOf(deployment).securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePathsOf(deployment), []);
  });
});
