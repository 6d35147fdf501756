import assert from "node:assert/strict";

import { Beat } from "../../../components/packit/beat";
import { runMocked, type KubernetesObject, type Stack } from "../../support/mocks";
import {
  application,
  celery,
  containerOf,
  environmentOf,
  mountsOf,
  resources,
  site,
  supplies,
  writablePathsOf,
} from "./fixtures";

function deploy(): Promise<Stack> {
  return runMocked(() => {
    const { database, queue, sentry, config, ssh } = supplies();
    return new Beat("packit-service-beat", {
      site,
      image: { reference: "packit-worker:stg", trigger: { stream: "packit-worker", tag: "stg" } },
      application,
      celery,
      database,
      queue,
      sentry,
      config,
      ssh,
      resources,
    });
  });
}

describe("Beat", () => {
  let stack: Stack;
  let deployment: KubernetesObject;
  before(async () => {
    stack = await deploy();
    deployment = stack.object("Deployment", "packit-service-beat");
  });

  it("has the environment that the code reads", () => {
    assert.deepEqual(environmentOf(deployment), {
      DEPLOYMENT: "stg",
      APP: "packit_service.worker.tasks",
      CELERY_COMMAND: "beat",
      REDIS_SERVICE_HOST: "valkey",
      REDIS_PASSWORD: "key-value-password/password",
      POSTGRESQL_USER: "postgres-secret/database-user",
      POSTGRESQL_PASSWORD: "postgres-secret/database-password",
      POSTGRESQL_HOST: "postgres-secret/database-host",
      POSTGRESQL_DATABASE: "postgres-secret/database-name",
      SENTRY_SECRET: "sentry/dsn",
    });
    assert.deepEqual(containerOf(deployment).command, ["/usr/bin/run_worker.sh"]);
  });

  it("is never there twice", () => {
    assert.equal(deployment.spec.replicas, 1);
    assert.deepEqual(deployment.spec.strategy, { type: "Recreate" });
  });

  it("D09, D14: is asked for signs of its own process and schedule, and not through the broker", () => {
    const { readinessProbe, livenessProbe, startupProbe } = containerOf(deployment);
    for (const probe of [readinessProbe, livenessProbe, startupProbe]) {
      const script = probe.exec.command.at(-1);
      assert.match(script, /celerybeat\.pid/);
      assert.match(script, /celerybeat-schedule/);
      assert.doesNotMatch(script, /redis|inspect/i);
    }
  });

  it("D25: holds what the start script and the code demand: SSH key and configuration, and no keytab", () => {
    assert.deepEqual(mountsOf(deployment), {
      "/packit-ssh": "packit-ssh",
      "/home/packit": "scratch",
      "/home/packit/.config": "packit-config",
      "/tmp": "scratch",
    });
  });

  it("D33: follows the stream of the workers' image without making it", () => {
    const [entry] = JSON.parse(deployment.metadata.annotations?.["image.openshift.io/triggers"] ?? "[]");
    assert.equal(entry.from.name, "packit-worker:stg");
    assert.match(entry.fieldPath, /packit-service-beat/);
    assert.deepEqual(stack.objects("ImageStream"), []);
  });

  it("D55: keeps its schedule beside the container, so that one that is started again goes on with it", () => {
    const { volumeMounts } = containerOf(deployment);
    const { name } = volumeMounts.find(({ mountPath }: { mountPath: string }) => mountPath === "/tmp");
    const { volumes } = deployment.spec.template.spec;
    const volume = volumes.find((candidate: { name: string }) => candidate.name === name);
    assert.ok(volume.persistentVolumeClaim ?? volume.emptyDir, JSON.stringify(volume));
    assert.match(containerOf(deployment).livenessProbe.exec.command.at(-1), /\/tmp .*celerybeat-schedule/);
  });

  it("D64: nobody connects to it", () => {
    assert.deepEqual(stack.object("NetworkPolicy", "packit-service-beat").spec.ingress, []);
  });

  it("writes to volumes alone", () => {
    assert.equal(containerOf(deployment).securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePathsOf(deployment), ["/home/packit", "/tmp"]);
  });
});
