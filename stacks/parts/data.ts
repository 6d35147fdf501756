import * as pulumi from "@pulumi/pulumi";

import { DatabaseService } from "../../components/data/database-service";
import { KeyValueStore } from "../../components/data/key-value-store";
import { Postgres } from "../../components/data/postgres";
import type { Database, Queue } from "../../components/packit/connections";
import type { Amounts, Resources } from "../../components/platform/container";
import type { Site } from "../../components/platform/site";
import type { KeyValueStoreSettings, PostgresSettings, Settings } from "../settings";
import type { Images } from "./images";
import { brokerPassword, DATABASE_HOST, type SharedSecrets } from "./secret-files";

/** Where an instance keeps its data, for those who use it. */
export interface DataStores {
  readonly database: Database;
  readonly queue: Queue;
}

/** Who connects to the stores. */
export interface DataClients {
  readonly database: readonly string[];
  readonly queue: readonly string[];
}

/**
 * PostgreSQL and the key-value store, each with a second one beside it while data moves (D19, D20). Clients get the
 * one that the settings name first.
 */
export function dataStores(
  site: Site,
  settings: Settings,
  images: Images,
  secrets: SharedSecrets,
  clients: DataClients,
  opts: pulumi.ComponentResourceOptions,
): DataStores {
  const { database, keyValue } = settings;
  const postgres = (server: PostgresSettings): Postgres => {
    const name = `postgres-${server.version}`;
    const image = images.named(name, server.image);
    const { storage } = server;
    const args = { site, image, storage, resources: guaranteed(server), credentials: secrets.database };
    return new Postgres(name, { ...args, clients: clients.database }, opts);
  };
  const store = (server: KeyValueStoreSettings): KeyValueStore => {
    const { kind, storage, maxmemory: maxMemory } = server;
    const image = images.named(kind, server.image);
    const args = { site, image, kind, storage, maxMemory, resources: guaranteed(server) };
    // A store that replicates the other one connects to it.
    const replicas = keyValue.beside === undefined ? [] : [keyValue.kind, keyValue.beside.kind];
    const others = replicas.filter((name) => name !== kind);
    const password = secrets.keyValue;
    return new KeyValueStore(kind, { ...args, password, clients: [...clients.queue, ...others] }, opts);
  };

  const serves = postgres(database);
  if (database.beside !== undefined) postgres(database.beside);
  new DatabaseService(DATABASE_HOST, { site, serves }, opts);
  const queue = keyValue.external ? undefined : store(keyValue);
  if (keyValue.beside !== undefined) store(keyValue.beside);
  return {
    database: { secret: secrets.database },
    queue: { host: queue?.host ?? keyValue.hostname, password: brokerPassword(secrets) },
  };
}

/** Promised and at most at once, so that the pod is the last to be evicted (D16). */
export function guaranteed({ cpu, memory }: Amounts): Resources {
  return { requests: { cpu, memory }, limits: { cpu, memory } };
}
