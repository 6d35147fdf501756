import { setTimeout as sleep } from "node:timers/promises";

import { REVDEP } from "../../stacks/parts/names";
import type { Cluster } from "../cluster";
import { accepted } from "../cluster-answer";
import { jobsPath } from "../manual-job";
import { type End, endOf } from "./end";
import { imageUnderTest, type TestJob } from "./job";
import { Look } from "./look";
import { activityOf, testedDigest, type TestPod } from "./pod";
import { start } from "./start";

const LOOK_MS = 2_000;
const TELL_MS = 15_000;

/** Looks in a row that may fail: runs are long, and connections break. */
const PATIENCE = 5;

/** A run that has ended. */
export interface TestRun extends End {
  readonly job: string;
  readonly namespace: string;
  /** The image whose code was tested. */
  readonly image: string;
  /** Its digest, where the node told it. */
  readonly digest?: string;
  /** The last lines that were written, as far as they could be had. */
  readonly log: readonly string[];
}

export interface RunOptions {
  /** Told what happens. */
  readonly onProgress: (line: string) => void;
  /** Milliseconds between two looks. @default 2000 */
  readonly lookMs?: number;
  /** Milliseconds between two lines of the log that are told. @default 15000 */
  readonly tellMs?: number;
}

/** Has the API server check a Job and make none. @throws Error with its objection. */
export async function tryTests(cluster: Cluster, job: TestJob): Promise<void> {
  // The name is an earlier run's as long as nobody has removed that.
  const { name, ...metadata } = job.metadata;
  const unnamed = { ...job, metadata: { ...metadata, generateName: `${name}-` } };
  accepted(await cluster.ask("POST", `${jobsPath(job)}?dryRun=All&fieldValidation=Strict`, unnamed));
}

/**
 * Runs the tests to their end. A run of the same that somebody has left is waited for, any other earlier one removed.
 *
 * @throws Error when the API server refuses the Job, does not answer for long, or somebody removes the Job meanwhile.
 */
export async function runTests(cluster: Cluster, job: TestJob, options: RunOptions): Promise<TestRun> {
  const { lookMs = LOOK_MS, tellMs = TELL_MS, onProgress } = options;
  const look = new Look(cluster, job);
  const uid = await start(cluster, job, look, { onProgress, lookMs });
  const teller = new Teller(look, onProgress, tellMs);
  let failures = 0;
  for (;;) {
    try {
      const seen = await look.job();
      if (seen?.metadata.uid !== uid) throw new Gone(job);
      const pod = await look.pod(uid);
      const end = endOf(seen, pod);
      if (end !== undefined) return await ended(job, end, pod, teller);
      await teller.tell(pod);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (error instanceof Gone || failures > PATIENCE) throw error;
    }
    await sleep(lookMs);
  }
}

async function ended(job: TestJob, end: End, pod: TestPod | undefined, teller: Teller): Promise<TestRun> {
  const digest = pod === undefined ? undefined : testedDigest(pod);
  return {
    job: REVDEP,
    namespace: job.metadata.namespace,
    image: imageUnderTest(job),
    ...(digest !== undefined && { digest }),
    ...end,
    log: await teller.lastLines(pod),
  };
}

class Gone extends Error {
  constructor({ metadata: { name, namespace } }: TestJob) {
    super(`somebody removed Job ${name} in ${namespace} meanwhile`);
  }
}

/** Tells what a run is at, once each, and now and then its last line. */
class Teller {
  #activity = "";
  #log: readonly string[] = [];
  #readAt = Date.now();

  constructor(
    private readonly look: Look,
    private readonly onProgress: (line: string) => void,
    private readonly tellMs: number,
  ) {}

  async tell(pod: TestPod | undefined): Promise<void> {
    const activity = pod === undefined ? await this.look.objection() : activityOf(pod);
    if (activity !== this.#activity) this.onProgress(activity);
    this.#activity = activity;
    if (pod === undefined || Date.now() - this.#readAt < this.tellMs) return;
    const before = this.#log.at(-1);
    const log = await this.lastLines(pod);
    const line = log.at(-1);
    if (line !== undefined && line !== before) this.onProgress(line);
  }

  /** A pod that runs into its deadline takes its log along; then what was read last counts. */
  async lastLines(pod: TestPod | undefined): Promise<readonly string[]> {
    const log = pod === undefined ? [] : await this.look.log(pod);
    if (log.length > 0) this.#log = log;
    this.#readAt = Date.now();
    return this.#log;
  }
}
