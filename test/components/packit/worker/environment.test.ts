import assert from "node:assert/strict";

import type { WorkerKind } from "../../../../components/packit/worker-kinds";
import { distgit, environmentOf, mountsOf } from "../fixtures";
import { KINDS, statefulSet } from "./deploy";

describe("the environment of a worker", () => {
  it("has the environment that the code reads", async () => {
    assert.deepEqual(environmentOf(await statefulSet("all")), {
      PROJECT: "packit--stg",
      DEPLOYMENT: "stg",
      DISTGIT_URL: "https://src.fedoraproject.org/",
      DISTGIT_NAMESPACE: "rpms",
      PACKIT_USER_AGENT: "packit.dev/packit-stg (stg+packit@packit.dev)",
      APP: "packit_service.worker.tasks",
      REDIS_SERVICE_HOST: "valkey",
      REDIS_PASSWORD: "key-value-password/password",
      POSTGRESQL_USER: "postgres-secret/database-user",
      POSTGRESQL_PASSWORD: "postgres-secret/database-password",
      POSTGRESQL_HOST: "postgres-secret/database-host",
      POSTGRESQL_DATABASE: "postgres-secret/database-name",
      SENTRY_SECRET: "sentry/dsn",
      CELERY_RETRY_LIMIT: "2",
      CELERY_RETRY_BACKOFF: "3",
      QUEUES: "short-running,long-running,rate-limited",
      PUSHGATEWAY_ADDRESS: "http://pushgateway",
      KRB5CCNAME: "DIR:/home/packit/kerberos/",
    });
  });

  it("takes the tasks of its kind's queues", async () => {
    const queues = async (kind: WorkerKind): Promise<unknown> => {
      const { QUEUES, CONCURRENCY } = environmentOf(await statefulSet(kind));
      return [QUEUES, CONCURRENCY];
    };
    assert.deepEqual(await queues("all"), ["short-running,long-running,rate-limited", undefined]);
    assert.deepEqual(await queues("short-running"), ["short-running", "16"]);
    assert.deepEqual(await queues("long-running"), ["long-running,rate-limited", undefined]);
  });

  it("pushes no metrics where there is no pushgateway, instead of to an address of the code's own", async () => {
    assert.equal(
      environmentOf(await statefulSet("all", { pushgatewayAddress: undefined })).PUSHGATEWAY_ADDRESS,
      "",
    );
  });

  it("names a source-git namespace only where there is one", async () => {
    const withNamespace = { distgit: { ...distgit, sourcegitNamespace: "fedora/src" } };
    assert.equal(environmentOf(await statefulSet("all", withNamespace)).SOURCEGIT_NAMESPACE, "fedora/src");
    assert.ok(!("SOURCEGIT_NAMESPACE" in environmentOf(await statefulSet("all"))));
  });

  it("D25, D54: no kind gets keys for backups, which a job makes, or the certificate of the hosts", async () => {
    for (const kind of KINDS) {
      assert.ok(!("AWS_ACCESS_KEY_ID" in environmentOf(await statefulSet(kind))));
      assert.ok(!Object.values(mountsOf(await statefulSet(kind))).includes("packit-tls"));
    }
  });

  it("D30: sends no log records to a port where nobody listens", async () => {
    assert.ok(!("SYSLOG_HOST" in environmentOf(await statefulSet("all"))));
  });
});
