import { databaseCluster, databaseSubject } from "../../database/subject";
import { backupJob, runJob, tryJob, type JobEnd } from "../../database/job";
import type { ProjectPaths } from "../../paths";
import { failure, progress } from "../../report";

export interface DatabaseOptions {
  /** A shared environment on the local control plane. */
  readonly local: boolean;
  readonly dryRun: boolean;
}

export interface RestoreOptions extends DatabaseOptions {
  /** A generation's name, or `latest`. */
  readonly generation: string;
  /** Lose what the database holds. */
  readonly replace: boolean;
  readonly yes: boolean;
}

/** A backup as the program in the cluster lists it. */
interface Generation {
  /** When it was made, in UTC, such as `20260102T010000Z`. */
  readonly generation: string;
  readonly bytes: number;
}

/** Stores a generation now. @returns the exit code. */
export async function backup(paths: ProjectPaths, name: string, options: DatabaseOptions): Promise<number> {
  return outcome(await start(paths, name, ["backup"], options));
}

/** Prints the generations that there are. @returns the exit code. */
export async function backups(
  paths: ProjectPaths,
  name: string,
  options: DatabaseOptions & { readonly json: boolean },
): Promise<number> {
  const end = await start(paths, name, ["list"], options);
  if (end?.succeeded !== true) return outcome(end);
  const found = JSON.parse(end.log) as readonly Generation[];
  if (options.json) console.log(JSON.stringify(found, undefined, 2));
  else if (found.length === 0) console.log(`${name} has no backups yet`);
  else for (const { generation, bytes } of found) console.log(`${generation}  ${size(bytes).padStart(10)}`);
  return 0;
}

/** Puts a generation into the database. @returns the exit code. */
export async function restore(paths: ProjectPaths, name: string, options: RestoreOptions): Promise<number> {
  const { generation, replace, yes, dryRun } = options;
  if (!/^(?:latest|\d{8}T\d{6}Z)$/.test(generation)) {
    throw new Error(
      `--generation ${generation} is none: give one that "npx packit-stacks database backups ${name}" lists`,
    );
  }
  if (replace && !yes && !dryRun) {
    throw new Error(
      `this would replace the database of ${name} with generation ${generation}: say so with --yes`,
    );
  }
  if (databaseSubject(paths, name, options.local).encrypted) {
    throw new Error(
      `the backups of ${name} are encrypted, and nothing in its cluster can read them: decrypt one where the private ` +
        "key is, as docs/operations/copr-backups.md says",
    );
  }
  const words = ["restore", "--generation", generation, ...(replace ? ["--replace"] : [])];
  return outcome(await start(paths, name, words, options));
}

/** @returns how it ended; undefined after a dry run. */
async function start(
  paths: ProjectPaths,
  name: string,
  words: readonly string[],
  { local, dryRun }: DatabaseOptions,
): Promise<JobEnd | undefined> {
  const subject = databaseSubject(paths, name, local);
  const { namespace } = subject;
  if (!subject.keepsBackups) {
    throw new Error(`${name} keeps no backups: set packit:backup.enabled to true and deploy`);
  }
  const cluster = await databaseCluster(paths, subject);
  const suffix = `${words[0] ?? ""}-${Date.now().toString(36)}`;
  const job = await backupJob(cluster, namespace, words, suffix);
  if (dryRun) {
    await tryJob(cluster, job);
    console.log(`would start Job ${job.metadata.name} in ${namespace}: ${words.join(" ")}`);
    return undefined;
  }
  if (subject.cluster === undefined) {
    throw new Error("the local control plane runs no images, so nothing is backed up: try --dry-run");
  }
  return runJob(cluster, job, { onProgress: progress });
}

function outcome(end: JobEnd | undefined): number {
  if (end === undefined) return 0;
  if (end.succeeded) {
    console.log(end.log);
    return 0;
  }
  failure(`Job ${end.name} failed\n${end.log}`);
  return 1;
}

function size(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
