import { setTimeout as sleep } from "node:timers/promises";

import { REVDEP } from "../../stacks/parts/names";
import type { Cluster } from "../cluster";
import { accepted } from "../cluster-answer";
import { jobsPath } from "../manual-job";
import { endOf } from "./end";
import { RUNS_ANNOTATION, type TestJob } from "./job";
import type { Look, SeenJob } from "./look";

/** Milliseconds that an earlier run has to go. */
const GOING_MS = 120_000;

export interface StartOptions {
  /** Told what happens. */
  readonly onProgress: (line: string) => void;
  /** Milliseconds between two looks. */
  readonly lookMs: number;
}

/**
 * Starts a run. One of the same that is under way is taken for it, any other earlier one removed.
 *
 * @returns the uid of the Job that runs.
 * @throws Error when the API server refuses the Job, or the earlier one does not go.
 */
export async function start(
  cluster: Cluster,
  job: TestJob,
  look: Look,
  { onProgress, lookMs }: StartOptions,
): Promise<string> {
  const earlier = await look.job();
  if (earlier !== undefined) {
    if (await isUnderWay(earlier, job, look)) {
      const { creationTimestamp = "an unknown time", uid } = earlier.metadata;
      onProgress(`found the same run, started at ${creationTimestamp}: waiting for it`);
      return uid;
    }
    onProgress("removing the Job of an earlier run");
    await remove(cluster, job, look, { uid: earlier.metadata.uid, lookMs });
  }
  const made = accepted(await cluster.ask("POST", `${jobsPath(job)}?fieldValidation=Strict`, job)) as SeenJob;
  onProgress(`started Job ${REVDEP} in ${job.metadata.namespace}`);
  return made.metadata.uid;
}

/** Whether a Job runs the same and can still come to its end. */
async function isUnderWay(earlier: SeenJob, job: TestJob, look: Look): Promise<boolean> {
  const { uid, annotations = {}, deletionTimestamp } = earlier.metadata;
  if (deletionTimestamp !== undefined) return false;
  if (annotations[RUNS_ANNOTATION] !== job.metadata.annotations[RUNS_ANNOTATION]) return false;
  return endOf(earlier, await look.pod(uid)) === undefined;
}

async function remove(
  cluster: Cluster,
  job: TestJob,
  look: Look,
  { uid, lookMs }: { readonly uid: string; readonly lookMs: number },
): Promise<void> {
  // Its pods first: two runs at once would use the same database.
  const body = { propagationPolicy: "Foreground", preconditions: { uid } };
  const answer = await cluster.ask("DELETE", `${jobsPath(job)}/${REVDEP}`, body);
  // Somebody else was quicker.
  if (answer.status !== 404 && answer.status !== 409) accepted(answer);
  const deadline = Date.now() + GOING_MS;
  while ((await look.job())?.metadata.uid === uid) {
    if (Date.now() > deadline) throw new Error(`Job ${REVDEP} in ${job.metadata.namespace} does not go`);
    await sleep(lookMs);
  }
}
