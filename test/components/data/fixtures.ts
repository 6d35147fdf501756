import { keyValuePassword } from "../../../components/data/key-value-password";
import { KeyValueStore, type KeyValueStoreArgs } from "../../../components/data/key-value-store";
import { Postgres, type PostgresArgs } from "../../../components/data/postgres";
import type { Resources } from "../../../components/platform/container";
import { SecretFiles } from "../../../components/platform/files";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import type { Site } from "../../../components/platform/site";
import { runMocked, type Stack } from "../../support/mocks";

export const site: Site = {
  platform: new OpenShiftPlatform(),
  namespace: "packit--stg",
  instance: "stg",
  durable: true,
};

/** Equal requests and limits. */
export function guaranteed(memory: string): Resources {
  return { requests: { cpu: "50m", memory }, limits: { cpu: "50m", memory } };
}

/** Makes one database. */
export function database(name: string, overrides: Partial<PostgresArgs> = {}): Postgres {
  const credentials = new SecretFiles(
    `${name}-secret`,
    {
      site,
      data: {
        "database-user": "packit",
        "database-password": "secret",
        "database-host": "postgres",
        "database-name": "packit",
      },
    },
    {},
  );
  return new Postgres(name, {
    site,
    image: { reference: "quay.io/sclorg/postgresql-15-c9s@sha256:1" },
    storage: "8Gi",
    resources: guaranteed("512Mi"),
    credentials,
    clients: ["packit-service", "packit-worker"],
    ...overrides,
  });
}

/** Deploys one key-value store. */
export function deployStore(overrides: Partial<KeyValueStoreArgs> = {}): Promise<Stack> {
  return runMocked(() => {
    const kind = overrides.kind ?? "valkey";
    return new KeyValueStore(kind, {
      site,
      image: { reference: "docker.io/valkey/valkey@sha256:1" },
      kind,
      storage: "6Gi",
      resources: guaranteed("4Gi"),
      password: keyValuePassword("key-value-secret", { site, password: "s3cret" }, {}),
      clients: ["packit-service", "packit-worker"],
      ...overrides,
    });
  });
}
