import type { EnvValue } from "../platform/container";
import type { SecretFiles } from "../platform/files";

/** A bucket of an S3-compatible store. */
export interface BackupStore {
  /** Its address, for example `https://s3.us-east-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** What the names of all backups begin with; a slash follows. */
  readonly prefix: string;
}

/** Of how many of the newest days, weeks and months a backup each is kept. */
export interface KeptBackups {
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
}

/** Where a backup goes, and for how long. */
export interface StoreArgs {
  readonly store: BackupStore;
  readonly keep: KeptBackups;
  /** Secret with the keys `access-key-id` and `secret-access-key`, which nobody else reads. */
  readonly credentials: SecretFiles;
}

/** Variables by which the programs of `jobs/backup` find their store. */
export function storeEnvironment({ store, keep, credentials }: StoreArgs): Record<string, EnvValue> {
  return {
    S3_ENDPOINT: store.endpoint,
    S3_REGION: store.region,
    S3_BUCKET: store.bucket,
    S3_PREFIX: store.prefix,
    AWS_ACCESS_KEY_ID: { from: credentials, key: "access-key-id" },
    AWS_SECRET_ACCESS_KEY: { from: credentials, key: "secret-access-key" },
    KEEP_DAILY: String(keep.daily),
    KEEP_WEEKLY: String(keep.weekly),
    KEEP_MONTHLY: String(keep.monthly),
  };
}

/** Port of a web address. */
export function portOf(address: string): number {
  const { port, protocol } = new URL(address);
  return port === "" ? (protocol === "http:" ? 80 : 443) : Number(port);
}
