import { setTimeout as sleep } from "node:timers/promises";

import { DATABASE_BACKUP } from "../../stacks/parts/names";
import type { Cluster } from "../cluster";
import { accepted, objectionIn } from "../cluster-answer";
import { jobsPath, type ManualJob, manualJob } from "../manual-job";

/** Milliseconds between two looks at a Job. */
const LOOK_MS = 1_000;

/** One run of the backup's program. */
export type Job = ManualJob<JobSpec>;

interface JobSpec {
  readonly template: {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
    readonly spec: { readonly containers: readonly { readonly args?: readonly string[] }[] };
  };
}

interface JobStatus {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

interface PodList {
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

/** How a Job ended. */
export interface JobEnd {
  readonly name: string;
  readonly succeeded: boolean;
  /** What its pod wrote, or why that cannot be said. */
  readonly log: string;
}

export interface JobOptions {
  /** Told what happens. */
  readonly onProgress: (line: string) => void;
  /** Milliseconds between two looks. @default 1000 */
  readonly lookMs?: number;
}

/**
 * The Job that runs the backup's program with other words, made like those that the schedule starts.
 *
 * @throws Error when the stack keeps no backups.
 */
export async function backupJob(
  cluster: Cluster,
  namespace: string,
  words: readonly string[],
  suffix: string,
): Promise<Job> {
  const ready = await manualJob<JobSpec>(cluster, {
    namespace,
    cronJob: DATABASE_BACKUP,
    name: `${DATABASE_BACKUP}-${suffix}`,
    missing: `there is no ${DATABASE_BACKUP} in ${namespace}: set packit:backup.enabled to true and deploy`,
  });
  const { template } = ready.spec;
  const containers = template.spec.containers.map((container) => ({ ...container, args: [...words] }));
  const pod = { ...template, spec: { ...template.spec, containers } };
  return { ...ready, spec: { ...ready.spec, template: pod } };
}

/** Has the API server check a Job and make none. @throws Error with its objection. */
export async function tryJob(cluster: Cluster, job: Job): Promise<void> {
  accepted(await cluster.ask("POST", `${jobsPath(job)}?dryRun=All&fieldValidation=Strict`, job));
}

/** Runs a Job to its end. @throws Error when the API server refuses it. */
export async function runJob(cluster: Cluster, job: Job, options: JobOptions): Promise<JobEnd> {
  const { onProgress, lookMs = LOOK_MS } = options;
  accepted(await cluster.ask("POST", `${jobsPath(job)}?fieldValidation=Strict`, job));
  const name = job.metadata.name;
  onProgress(`started Job ${name} in ${job.metadata.namespace}`);
  for (;;) {
    const { status } = accepted(await cluster.ask("GET", `${jobsPath(job)}/${name}`)) as JobStatus;
    const end = status?.conditions?.find(
      ({ type, status: holds }) => holds === "True" && (type === "Complete" || type === "Failed"),
    );
    if (end !== undefined) {
      const log = await logOf(cluster, job);
      const succeeded = end.type === "Complete";
      return { name, succeeded, log: log || (succeeded ? "" : (end.message ?? "it failed without a word")) };
    }
    await sleep(lookMs);
  }
}

async function logOf(cluster: Cluster, { metadata }: Job): Promise<string> {
  const pods = `/api/v1/namespaces/${metadata.namespace}/pods`;
  const selector = encodeURIComponent(`batch.kubernetes.io/job-name=${metadata.name}`);
  const { items } = accepted(await cluster.ask("GET", `${pods}?labelSelector=${selector}`)) as PodList;
  const newest = items.at(-1)?.metadata.name;
  // A pod that ran into the deadline is deleted, and its log with it.
  if (newest === undefined) return "";
  const answer = await cluster.ask("GET", `${pods}/${newest}/log`);
  if (answer.status >= 400)
    throw new Error(`the log of pod ${newest} cannot be read: ${objectionIn(answer)}`);
  return (typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body)).trim();
}
