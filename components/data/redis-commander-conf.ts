/** The store that redis-commander shows. */
export interface RedisCommanderConf {
  readonly host: string;
  readonly port: number;
  readonly password: string;
}

/** Celery's broker and its result store. */
const DATABASES = [
  { dbIndex: 0, label: "queues" },
  { dbIndex: 1, label: "results" },
];

/**
 * Configuration in the form that the variable `NODE_CONFIG` takes: both databases of the store, and nothing that
 * would be kept (the root is read-only) or show the keys' contents in the log.
 */
export function redisCommanderConfig(store: RedisCommanderConf): string {
  const { host, port, password } = store;
  return JSON.stringify({
    noSave: true,
    noLogData: true,
    connections: DATABASES.map((database) => ({ ...database, host, port, password })),
  });
}
