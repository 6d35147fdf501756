import type { Facts } from "../model";
import { amounts, NAMESPACE, POD, single } from "./common";

const VOLUME = { namespace: NAMESPACE, accessModes: "ReadWriteOnce", storageClass: "aws-ebs" } as const;

/** PostgreSQL and the key-value store. */
export const data: Facts = {
  "Deployment/postgres-15": {
    ...POD,
    ...single("postgres-15"),
    container: "postgres",
    image: "quay.io/sclorg/postgresql-15-c9s",
    port: { "5432 TCP": "open" },
    env: {
      POSTGRESQL_USER: "Secret postgres-secret/database-user",
      POSTGRESQL_PASSWORD: "Secret postgres-secret/database-password",
      POSTGRESQL_DATABASE: "Secret postgres-secret/database-name",
      PG_OOM_ADJUST_FILE: "/proc/self/oom_score_adj",
    },
    // What the API server took: the container named its mounts twice, and the second list won (D01).
    mount: {
      "/var/lib/pgsql/data": "claim postgres-15",
      "/opt/app-root/src/postgresql-cfg": "ConfigMap postgres-config, read-only",
    },
    request: amounts("2Gi", "30m"),
    limit: amounts("4Gi", "2"),
    probe: {
      liveness: "exec /usr/libexec/check-container --live, after 120 s, each 10 s, within 10 s, 3 times",
    },
  },
  "PersistentVolumeClaim/postgres-15": { ...VOLUME, storage: "8Gi" },
  "ConfigMap/postgres-config": {
    namespace: NAMESPACE,
    file: {
      "packit.conf random_page_cost": "1.1",
      "packit.conf effective_io_concurrency": "200",
      "packit.conf min_wal_size": "1GB",
      "packit.conf max_wal_size": "4GB",
    },
  },
  "Service/postgres": {
    namespace: NAMESPACE,
    selector: "component=postgres-15",
    port: { "postgres-port": "5432 → 5432 TCP" },
  },
  "Deployment/valkey": {
    ...POD,
    ...single("valkey"),
    container: "valkey",
    image: "valkey/valkey:8",
    args: "/etc/redislike/redis.conf",
    port: { "6379 TCP": "open" },
    mount: { "/data": "claim valkey-pvc", "/etc/redislike": "ConfigMap redis-like-config" },
    request: amounts("3Gi", "10m"),
    limit: amounts("4Gi", "50m"),
  },
  "PersistentVolumeClaim/valkey-pvc": { ...VOLUME, storage: "4Gi" },
  "ConfigMap/redis-like-config": {
    namespace: NAMESPACE,
    file: {
      "redis.conf timeout": "600",
      "redis.conf maxmemory": "3670mb",
      "redis.conf maxmemory-policy": "volatile-lru",
    },
  },
  "Service/valkey": {
    namespace: NAMESPACE,
    selector: "component=valkey",
    port: { "6379": "6379 → 6379 TCP" },
  },
};
