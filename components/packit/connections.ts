import * as pulumi from "@pulumi/pulumi";

import type { EnvValue, SecretKey } from "../platform/container";
import type { Files } from "../platform/files";

/** Keys of the Secret that says where the database is and who may use it. */
export const DATABASE_KEYS = {
  user: "database-user",
  password: "database-password",
  host: "database-host",
  name: "database-name",
} as const;

/** The PostgreSQL database of an instance. */
export interface Database {
  /** Secret with the keys of {@link DATABASE_KEYS}. */
  readonly secret: Files;
}

/** The key-value store that is broker and result store of Celery. */
export interface Queue {
  readonly host: pulumi.Input<string>;
  /** The store's password (D26). The applications put it into an address, so it is made of letters and digits. */
  readonly password: SecretKey;
}

/** Where errors are reported. */
export interface Sentry {
  readonly dsn: SecretKey;
}

/** Environment by which Packit's code finds its database. */
export function databaseEnv({ secret }: Database): Record<string, EnvValue> {
  return {
    POSTGRESQL_USER: { from: secret, key: DATABASE_KEYS.user },
    POSTGRESQL_PASSWORD: { from: secret, key: DATABASE_KEYS.password },
    POSTGRESQL_HOST: { from: secret, key: DATABASE_KEYS.host },
    POSTGRESQL_DATABASE: { from: secret, key: DATABASE_KEYS.name },
  };
}

/** Environment by which Packit's code finds the broker. */
export function queueEnv({ host, password }: Queue): Record<string, EnvValue> {
  return { REDIS_SERVICE_HOST: host, REDIS_PASSWORD: password };
}

/** Environment that turns reports to Sentry on; nothing is reported without. */
export function sentryEnv(sentry: Sentry | undefined): Record<string, EnvValue> {
  return sentry === undefined ? {} : { SENTRY_SECRET: sentry.dsn };
}
