import * as pulumi from "@pulumi/pulumi";

import { DATABASE_BACKUP, KEYGEN_BACKUP, reachesFrom } from "../../../components/copr/connections";
import type { CoprKeygen } from "../../../components/copr/keygen";
import { CoprKeygenBackup } from "../../../components/copr/keygen-backup";
import { portOf, type StoreArgs } from "../../../components/data/backup-store";
import { DatabaseBackup } from "../../../components/data/database-backup";
import { SecretFiles } from "../../../components/platform/files";
import type { Site } from "../../../components/platform/site";
import type { CoprInput } from "../../settings/copr/load";
import { whole } from "../given";
import type { JobPrograms } from "../job-programs";
import type { CoprData } from "./data";
import { imageOf } from "./images";
import type { CoprSecrets } from "./secrets";

/**
 * The nightly backups of the database and of the signing keys, where the settings ask for them, encrypted for somebody
 * outside the cluster (C30).
 */
export function coprBackups(
  site: Site,
  { settings, secrets: given }: CoprInput,
  data: CoprData,
  { database }: CoprSecrets,
  { keys }: CoprKeygen,
  programs: JobPrograms,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { backup, database: server, images } = settings;
  const key = whole(given.backup, "accessKeyId", "secretAccessKey");
  if (!backup.enabled || backup.recipient === undefined || key === undefined) return;
  const { bucket, region, endpoint = `https://s3.${region}.amazonaws.com`, prefix } = backup;
  const store: StoreArgs = {
    store: { endpoint, region, bucket, prefix: prefix ?? settings.namespace },
    keep: backup.keep,
    credentials: new SecretFiles(
      "copr-backup",
      { site, data: { "access-key-id": key.accessKeyId, "secret-access-key": key.secretAccessKey } },
      opts,
    ),
  };
  const { schedule, deadlineMinutes } = backup;
  const reached = reachesFrom(DATABASE_BACKUP, data.components);
  new DatabaseBackup(
    DATABASE_BACKUP,
    {
      ...store,
      site,
      image: imageOf(server.image),
      programs: programs.database,
      schedule,
      deadlineMinutes,
      database,
      host: data.databaseHost,
      recipient: backup.recipient,
      reaches: [...(reached === "nothing" ? [] : reached), { port: portOf(endpoint) }],
    },
    opts,
  );
  new CoprKeygenBackup(
    KEYGEN_BACKUP,
    {
      ...store,
      site,
      image: imageOf(images.keygen),
      keys,
      recipient: backup.recipient,
      programs: programs.keygen,
      schedule,
      deadlineMinutes,
    },
    opts,
  );
}
