import { stringify } from "yaml";

import { absolutePath, wholeNumber } from "./checks";

/** Port of the server's remote procedure calls. */
export const RESALLOC_PORT = 49_100;

/** What resalloc's `server.yaml` says. */
export interface ResallocServerConfig {
  /** Volume with the database: who loses it loses track of machines that cost money. @default /var/lib/resallocserver */
  readonly dataFolder?: string;
  /** Logs, apart from the database, so that they cannot fill its volume (C23). @default /var/log/resallocserver */
  readonly logFolder?: string;
  /** @default info */
  readonly logLevel?: "debug" | "info" | "warning" | "error";
  /** Seconds between two looks at the pools. @default 20 */
  readonly sleepTime?: number;
}

/** The file `server.yaml`. */
export function resallocServerConfig(config: ResallocServerConfig = {}): string {
  const data = absolutePath("resalloc's data folder", config.dataFolder ?? "/var/lib/resallocserver");
  return stringify({
    // Three slashes and the absolute path.
    db_url: `sqlite:///${data}/db.sqlite`,
    logdir: absolutePath("resalloc's log folder", config.logFolder ?? "/var/log/resallocserver"),
    // Of the pod; who may call is the NetworkPolicy's to say (S9).
    hostname: "0.0.0.0",
    port: RESALLOC_PORT,
    loglevel: config.logLevel ?? "info",
    sleeptime: wholeNumber("sleepTime", config.sleepTime ?? 20),
  });
}
