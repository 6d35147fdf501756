import { MEBIBYTE, quantity } from "../platform/quantity";

/** Write-ahead log that the server keeps ready, and lets grow to before it forces a checkpoint, at most. */
const MAX_WAL_BYTES = 4096 * MEBIBYTE;

/** Share of the volume that the write-ahead log may take, so that it never fills a small one. */
const WAL_SHARE = 0.5;

export interface PostgresConfArgs {
  /** Size of the volume, for example `8Gi`. */
  readonly storage: string;
}

/**
 * Content of `packit.conf`, which the image includes after its own settings. The image itself derives
 * `shared_buffers` and `effective_cache_size` from the memory limit.
 */
export function postgresConf(args: PostgresConfArgs): string {
  const maxWal = Math.min(MAX_WAL_BYTES, quantity(args.storage) * WAL_SHARE);
  return settings({
    // The volumes are solid-state disks: a random page costs hardly more than the next one.
    random_page_cost: 1.1,
    effective_io_concurrency: 200,
    min_wal_size: megabytes(maxWal / 4),
    max_wal_size: megabytes(maxWal),
    // The image's own setting writes logs beside the data, where nobody looks; now they are on the standard error.
    logging_collector: "off",
  });
}

/** PostgreSQL's `MB` is a mebibyte. */
function megabytes(bytes: number): string {
  return `${Math.floor(bytes / MEBIBYTE)}MB`;
}

function settings(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${typeof value === "number" ? value : quote(value)}\n`)
    .join("");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
