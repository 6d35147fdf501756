import * as pulumi from "@pulumi/pulumi";

import { DatabaseBackup } from "../../components/data/database-backup";
import { SandboxCleaner } from "../../components/packit/sandbox-cleaner";
import type { ContainerImage } from "../../components/platform/image";
import type { Site } from "../../components/platform/site";
import type { Settings } from "../settings";
import type { Images } from "./images";
import type { JobPrograms } from "./job-programs";
import { DATABASE_BACKUP } from "./names";
import type { SharedSecrets } from "./secret-files";

/** The nightly backup of the database, where the settings ask for one. */
export function databaseBackup(
  site: Site,
  settings: Settings,
  images: Images,
  { aws, database }: SharedSecrets,
  programs: JobPrograms,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { backup } = settings;
  if (!backup.enabled || aws === undefined) return;
  const { bucket, region, endpoint = `https://s3.${region}.amazonaws.com`, prefix } = backup;
  const { version, image } = settings.database;
  new DatabaseBackup(
    DATABASE_BACKUP,
    {
      site,
      image: images.named(`postgres-${version}`, image),
      programs: programs.database,
      schedule: backup.schedule,
      deadlineMinutes: backup.deadlineMinutes,
      store: { endpoint, region, bucket, prefix: prefix ?? settings.namespace },
      keep: backup.keep,
      database,
      credentials: aws,
    },
    opts,
  );
}

/** What clears the sandbox's namespace, where there is one. */
export function sandboxCleaner(
  site: Site,
  sandbox: Site | undefined,
  { sandboxCleaner: { schedule, image } }: Settings,
  workerImage: ContainerImage,
  programs: JobPrograms,
  opts: pulumi.ComponentResourceOptions,
): void {
  if (sandbox === undefined) return;
  const program = programs.sandbox["clean.py"] ?? "";
  const own = image === undefined ? workerImage : { reference: image };
  new SandboxCleaner("sandbox-cleaner", { site, sandbox, schedule, program, image: own }, opts);
}
