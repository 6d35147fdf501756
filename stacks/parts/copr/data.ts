import * as pulumi from "@pulumi/pulumi";

import { DATABASE_CLIENTS, type DataComponents, REDIS_CLIENTS } from "../../../components/copr/connections";
import { DatabaseService } from "../../../components/data/database-service";
import { KeyValueStore } from "../../../components/data/key-value-store";
import { Postgres } from "../../../components/data/postgres";
import type { SecretFiles } from "../../../components/platform/files";
import type { Site } from "../../../components/platform/site";
import type { CoprSettings } from "../../settings/copr/settings";
import { databaseName } from "../../settings/images";
import type { PostgresSettings } from "../../settings/settings";
import { guaranteed } from "../data";
import { imageOf } from "./images";
import { COPR_DATABASE_HOST } from "./names";
import type { CoprStorage } from "./pulp";

/** Where a Copr keeps its data. */
export interface CoprData {
  /** The components behind the hosts, which policies name. */
  readonly components: DataComponents;
  readonly databaseHost: string;
  readonly redisHost: string;
  /** What is ready when the database can be asked. */
  readonly database: pulumi.Resource;
  readonly redis: pulumi.Resource;
}

/**
 * PostgreSQL, a second one beside it while data moves, and the key-value store.
 *
 * @param packages - What there is of Pulp, which is data too.
 */
export function coprData(
  site: Site,
  { database, keyValue }: CoprSettings,
  credentials: SecretFiles,
  packages: CoprStorage,
  opts: pulumi.ComponentResourceOptions,
): CoprData {
  const postgres = (server: PostgresSettings): Postgres => {
    const { image, storage, version } = server;
    const args = { site, storage, credentials, resources: guaranteed(server), clients: DATABASE_CLIENTS };
    return new Postgres(databaseName(version), { ...args, image: imageOf(image) }, opts);
  };
  const serves = postgres(database);
  if (database.beside !== undefined) postgres(database.beside);
  new DatabaseService(COPR_DATABASE_HOST, { site, serves }, opts);
  const { kind, image, storage, maxmemory: maxMemory } = keyValue;
  const redis = new KeyValueStore(
    kind,
    {
      site,
      image: imageOf(image),
      kind,
      storage,
      maxMemory,
      resources: guaranteed(keyValue),
      clients: REDIS_CLIENTS,
    },
    opts,
  );
  return {
    components: {
      database: serves.component,
      redis: kind,
      ...(packages.component !== undefined && { pulp: packages.component }),
    },
    databaseHost: COPR_DATABASE_HOST,
    redisHost: kind,
    database: serves,
    redis,
  };
}
