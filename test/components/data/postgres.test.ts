import assert from "node:assert/strict";

import { DatabaseService } from "../../../components/data/database-service";
import type { PostgresArgs } from "../../../components/data/postgres";
import { postgresConf } from "../../../components/data/postgres-conf";
import { runMocked, type Stack } from "../../support/mocks";
import { Pod } from "../../support/pods";
import { database, guaranteed, site } from "./fixtures";

function deploy(overrides: Partial<PostgresArgs> = {}): Promise<Stack> {
  return runMocked(() => database("postgres-15", overrides));
}

async function pod(): Promise<Pod> {
  return new Pod(await deploy(), "postgres-15");
}

describe("Postgres", () => {
  it("D01: /dev/shm is a memory volume that is mounted, of 128Mi", async () => {
    const volume = (await pod()).volumeAt("/dev/shm");
    assert.deepEqual(volume?.emptyDir, { sizeLimit: "128Mi", medium: "Memory" });
  });

  it("D01: refuses a memory limit that has no room for it", async () => {
    await assert.rejects(
      deploy({ resources: guaranteed("256Mi") }),
      /postgres-15: a memory limit of 256Mi leaves no room .* at least 512Mi/,
    );
  });

  it("D09: has probes for readiness and liveness, held back while it starts", async () => {
    const { readinessProbe, livenessProbe, startupProbe } = (await pod()).container;
    assert.deepEqual(readinessProbe.exec.command, ["/usr/libexec/check-container"]);
    assert.match(livenessProbe.exec.command.at(-1) ?? "", /^pg_isready .*--host=127\.0\.0\.1/);
    assert.equal(startupProbe.periodSeconds * startupProbe.failureThreshold, 1800);
  });

  it("takes user, password and database from its Secret, and nothing else", async () => {
    assert.deepEqual((await pod()).environment, {
      POSTGRESQL_USER: "postgres-15-secret/database-user",
      POSTGRESQL_PASSWORD: "postgres-15-secret/database-password",
      POSTGRESQL_DATABASE: "postgres-15-secret/database-name",
      PG_OOM_ADJUST_FILE: "/proc/self/oom_score_adj",
    });
  });

  it("D64: writes to volumes only", async () => {
    const { container, writablePaths } = await pod();
    assert.equal(container.securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePaths, [
      "/var/lib/pgsql",
      "/var/lib/pgsql/data",
      "/var/run/postgresql",
      "/tmp",
      "/dev/shm",
    ]);
  });

  it("D26: admits its clients alone", async () => {
    const [rule, ...others] = (await deploy()).object("NetworkPolicy", "postgres-15").spec.ingress;
    assert.deepEqual(others, []);
    assert.deepEqual(rule.ports, [{ protocol: "TCP", port: 5432 }]);
    assert.deepEqual(rule.from[0].podSelector.matchExpressions[0].values, [
      "packit-service",
      "packit-worker",
    ]);
  });

  it("never runs twice on one volume, and ends its clients' sessions when it stops", async () => {
    const stack = await deploy();
    const { spec } = stack.object("Deployment", "postgres-15");
    assert.deepEqual(spec.strategy, { type: "Recreate" });
    const [container] = spec.template.spec.containers;
    assert.deepEqual(container.lifecycle.preStop.exec.command.slice(0, 3), ["pg_ctl", "stop", "--mode=fast"]);
    assert.ok(spec.template.spec.terminationGracePeriodSeconds > 100);
  });

  it("keeps its volume when the stack goes", async () => {
    const volume = (await deploy()).resource("PersistentVolumeClaim", "postgres-15");
    assert.ok(volume.protect && volume.retainOnDelete);
  });

  it("D11: another setting of packit.conf restarts it", async () => {
    const checksum = async (storage: string): Promise<unknown> =>
      (await deploy({ storage })).object("Deployment", "postgres-15").spec.template.metadata.annotations;
    assert.notDeepEqual(await checksum("2Gi"), await checksum("8Gi"));
  });

  it("keeps the write-ahead log within half of the volume", () => {
    assert.match(postgresConf({ storage: "8Gi" }), /^min_wal_size = '1024MB'\nmax_wal_size = '4096MB'$/m);
    assert.match(postgresConf({ storage: "100Gi" }), /^max_wal_size = '4096MB'$/m);
    assert.match(postgresConf({ storage: "2Gi" }), /^min_wal_size = '256MB'\nmax_wal_size = '1024MB'$/m);
  });
});

describe("DatabaseService", () => {
  function twoVersions(serving: "postgres-15" | "postgres-16"): Promise<Stack> {
    return runMocked(() => {
      const servers = { "postgres-15": database("postgres-15"), "postgres-16": database("postgres-16") };
      return new DatabaseService("postgres", { site, serves: servers[serving] });
    });
  }

  it("D19: a new version is a second database, and clients stay with the old one until told", async () => {
    const stack = await twoVersions("postgres-15");
    for (const kind of ["Deployment", "PersistentVolumeClaim", "NetworkPolicy"]) {
      assert.ok(stack.has(kind, "postgres-15") && stack.has(kind, "postgres-16"), kind);
    }
    assert.ok(stack.has("ConfigMap", "postgres-15-config") && stack.has("ConfigMap", "postgres-16-config"));
    const { spec } = stack.object("Service", "postgres");
    assert.deepEqual(spec.selector, { component: "postgres-15" });
    assert.deepEqual(spec.ports, [{ name: "postgres-port", port: 5432, targetPort: 5432, protocol: "TCP" }]);
  });

  it("D19: the switch changes the Service and nothing else", async () => {
    const before = await twoVersions("postgres-15");
    const after = await twoVersions("postgres-16");
    assert.deepEqual(after.object("Service", "postgres").spec.selector, { component: "postgres-16" });
    const others = (stack: Stack): unknown => stack.resources.filter((r) => !r.type.endsWith(":Service"));
    assert.deepEqual(others(after), others(before));
  });
});
