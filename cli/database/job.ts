import { setTimeout as sleep } from "node:timers/promises";

import { DATABASE_BACKUP } from "../../stacks/parts/names";
import type { Cluster, ClusterAnswer } from "../cluster";

/** How long a Job that was started by hand stays after its end, with its log, in seconds. */
const KEPT_SECONDS = 7 * 86_400;

/** Milliseconds between two looks at a Job. */
const LOOK_MS = 1_000;

/** A Job, as far as it is looked into here. */
export interface Job {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly ownerReferences: readonly { readonly uid: string }[];
  };
  readonly spec: JobSpec;
}

interface JobSpec {
  readonly template: {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
    readonly spec: { readonly containers: readonly { readonly args?: readonly string[] }[] };
  };
}

interface CronJob {
  readonly metadata: { readonly uid: string };
  readonly spec: {
    readonly jobTemplate: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: JobSpec;
    };
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
  const path = `/apis/batch/v1/namespaces/${namespace}/cronjobs/${DATABASE_BACKUP}`;
  const answer = await cluster.ask("GET", path);
  if (answer.status === 404) {
    throw new Error(
      `there is no ${DATABASE_BACKUP} in ${namespace}: set packit:backup.enabled to true and deploy`,
    );
  }
  const { metadata, spec } = taken(answer) as CronJob;
  const { metadata: labelled, spec: job } = spec.jobTemplate;
  const { template } = job;
  const made = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: `${DATABASE_BACKUP}-${suffix}`,
      namespace,
      labels: { ...labelled?.labels },
      annotations: { "cronjob.kubernetes.io/instantiate": "manual" },
      ownerReferences: [
        { apiVersion: "batch/v1", kind: "CronJob", name: DATABASE_BACKUP, uid: metadata.uid },
      ],
    },
    spec: {
      ...job,
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: {
        ...template,
        spec: {
          ...template.spec,
          containers: template.spec.containers.map((container) => ({ ...container, args: [...words] })),
        },
      },
    },
  };
  return made;
}

/** Has the API server check a Job and make none. @throws Error with its objection. */
export async function tryJob(cluster: Cluster, job: Job): Promise<void> {
  taken(await cluster.ask("POST", `${jobsPath(job)}?dryRun=All&fieldValidation=Strict`, job));
}

/** Runs a Job to its end. @throws Error when the API server refuses it. */
export async function runJob(cluster: Cluster, job: Job, options: JobOptions): Promise<JobEnd> {
  const { onProgress, lookMs = LOOK_MS } = options;
  taken(await cluster.ask("POST", `${jobsPath(job)}?fieldValidation=Strict`, job));
  const name = job.metadata.name;
  onProgress(`started Job ${name} in ${job.metadata.namespace}`);
  for (;;) {
    const { status } = taken(await cluster.ask("GET", `${jobsPath(job)}/${name}`)) as JobStatus;
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
  const { items } = taken(await cluster.ask("GET", `${pods}?labelSelector=${selector}`)) as PodList;
  const newest = items.at(-1)?.metadata.name;
  // A pod that ran into the deadline is deleted, and its log with it.
  if (newest === undefined) return "";
  const answer = await cluster.ask("GET", `${pods}/${newest}/log`);
  if (answer.status >= 400) throw new Error(`the log of pod ${newest} cannot be read: ${messageOf(answer)}`);
  return (typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body)).trim();
}

function jobsPath({ metadata }: Job): string {
  return `/apis/batch/v1/namespaces/${metadata.namespace}/jobs`;
}

function taken(answer: ClusterAnswer): unknown {
  if (answer.status >= 400) throw new Error(`the API server answered ${answer.status}: ${messageOf(answer)}`);
  return answer.body;
}

function messageOf({ body }: ClusterAnswer): string {
  const { message } = (body ?? {}) as { readonly message?: string };
  return message ?? JSON.stringify(body);
}
