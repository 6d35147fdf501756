import type { Cluster } from "./cluster";
import { accepted } from "./cluster-answer";

/** How long a Job that was started by hand stays after its end, with its log, in seconds. */
const KEPT_SECONDS = 7 * 86_400;

/** A Job that is made like those that a CronJob starts. */
export interface ManualJob<Spec> {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly ownerReferences: readonly { readonly uid: string }[];
  };
  readonly spec: Spec;
}

interface CronJob<Spec> {
  readonly metadata: { readonly uid: string };
  readonly spec: {
    readonly jobTemplate: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: Spec;
    };
  };
}

/** Which CronJob, and how its Job is called. */
export interface ManualJobOptions {
  readonly namespace: string;
  readonly cronJob: string;
  readonly name: string;
  /** What is said when the CronJob is not there. */
  readonly missing: string;
}

/**
 * The Job that a CronJob would start, to be started by hand.
 *
 * @throws Error when there is no such CronJob, or the cluster does not give it.
 */
export async function manualJob<Spec>(
  cluster: Cluster,
  { namespace, cronJob, name, missing }: ManualJobOptions,
): Promise<ManualJob<Spec>> {
  const answer = await cluster.ask("GET", `/apis/batch/v1/namespaces/${namespace}/cronjobs/${cronJob}`);
  if (answer.status === 404) throw new Error(missing);
  const { metadata, spec } = accepted(answer) as CronJob<Spec>;
  const { metadata: labelled, spec: job } = spec.jobTemplate;
  const made = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace,
      labels: { ...labelled?.labels },
      annotations: { "cronjob.kubernetes.io/instantiate": "manual" },
      ownerReferences: [{ apiVersion: "batch/v1", kind: "CronJob", name: cronJob, uid: metadata.uid }],
    },
    spec: { ...job, ttlSecondsAfterFinished: KEPT_SECONDS },
  };
  return made;
}

/** Where a Job and its like are. */
export function jobsPath({ metadata }: Pick<ManualJob<unknown>, "metadata">): string {
  return `/apis/batch/v1/namespaces/${metadata.namespace}/jobs`;
}
