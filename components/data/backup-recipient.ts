import type * as pulumi from "@pulumi/pulumi";

import type { EnvValue } from "../platform/container";
import { ConfigFiles } from "../platform/files";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";

const FOLDER = "/etc/backup-recipient";
const FILE = "recipient.asc";

/** What a backup's pod has that encrypts. */
export interface Recipient {
  readonly env: Readonly<Record<string, EnvValue>>;
  readonly mounts: readonly Mount[];
}

/**
 * Hands a backup the key for which it encrypts.
 *
 * @param name - Of the backup.
 * @param key - Public key in OpenPGP's ASCII form, of somebody whose private key is nowhere in the cluster.
 */
export function recipientOf(
  name: string,
  site: Site,
  key: string,
  opts: pulumi.CustomResourceOptions,
): Recipient {
  const files = new ConfigFiles(`${name}-recipient`, { site, data: { [FILE]: key } }, opts);
  return {
    env: { RECIPIENT_FILE: `${FOLDER}/${FILE}` },
    mounts: [
      { path: FOLDER, files: [{ from: files }] },
      // gpg keeps the recipient's key in a folder of its own.
      { scratch: "tmp", path: "/tmp", sizeLimit: "16Mi" },
    ],
  };
}
