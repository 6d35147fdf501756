import assert from "node:assert/strict";

import { Fedmsg, type FedmsgArgs } from "../../../components/packit/fedmsg";
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

function deploy(overrides: () => Partial<FedmsgArgs> = () => ({})): Promise<Stack> {
  return runMocked(() => {
    const { queue, sentry } = supplies();
    return new Fedmsg("packit-service-fedmsg", {
      site,
      image: { reference: "quay.io/packit/packit-service-fedmsg@sha256:1" },
      application,
      queue,
      sentry,
      config: secret("fedora-messaging", "fedora.toml"),
      busPort: 5671,
      livenessTimeoutMinutes: 5,
      resources,
      ...overrides(),
    });
  });
}

async function deployment(overrides: () => Partial<FedmsgArgs> = () => ({})): Promise<KubernetesObject> {
  return (await deploy(overrides)).object("Deployment", "packit-service-fedmsg");
}

describe("Fedmsg", () => {
  it("has the environment that the code reads", async () => {
    assert.deepEqual(environmentOf(await deployment()), {
      FEDORA_MESSAGING_CONF: "/home/packit/.config/fedora.toml",
      LIVENESS_TIMEOUT: "5",
      REDIS_SERVICE_HOST: "valkey",
      REDIS_PASSWORD: "key-value-password/password",
      PROJECT: "packit--stg",
      DEPLOYMENT: "stg",
      SENTRY_SECRET: "sentry/dsn",
    });
  });

  it("waits longer for messages on a quiet instance", async () => {
    const env = environmentOf(await deployment(() => ({ livenessTimeoutMinutes: 1440 })));
    assert.equal(env.LIVENESS_TIMEOUT, "1440");
  });

  it("D09: is ready while it is connected to the bus, and alive while messages come", async () => {
    const { readinessProbe, livenessProbe } = containerOf(await deployment());
    assert.match(readinessProbe.exec.command.join(" "), /:1627 01 /);
    assert.deepEqual(livenessProbe.exec.command, ["liveness.sh"]);
    assert.equal(livenessProbe.initialDelaySeconds, 300);
    assert.equal(livenessProbe.periodSeconds, 60);
  });

  it("looks for a connection to the bus's own port", async () => {
    const { readinessProbe } = containerOf(await deployment(() => ({ busPort: 80 })));
    assert.match(readinessProbe.exec.command.join(" "), /:0050 01 /);
  });

  it("forgets a restarted container's sign of life, which its /tmp would keep", async () => {
    const { command } = containerOf(await deployment());
    assert.match(command.at(-1), /^rm --force \/tmp\/liveness; exec fedora-messaging consume /);
  });

  it("D25: holds the messaging configuration and none of the service's", async () => {
    assert.deepEqual(mountsOf(await deployment()), {
      "/home/packit/.config": "fedora-messaging",
      "/tmp": "scratch",
    });
  });

  it("takes a certificate of the instance's own beside the image's", async () => {
    const own = await deployment(() => ({
      certificate: secret("fedora-messaging-certificate", "cacert.pem"),
    }));
    assert.equal(mountsOf(own)["/fedora-messaging"], "fedora-messaging-certificate");
  });

  it("handles no message twice during a rollout", async () => {
    const { replicas, strategy } = (await deployment()).spec;
    assert.equal(replicas, 1);
    assert.deepEqual(strategy, { type: "Recreate" });
  });

  it("D64: nobody connects to it", async () => {
    assert.deepEqual((await deploy()).object("NetworkPolicy", "packit-service-fedmsg").spec.ingress, []);
  });

  it("writes to volumes alone", async () => {
    const object = await deployment();
    assert.equal(containerOf(object).securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePathsOf(object), ["/tmp"]);
  });
});
