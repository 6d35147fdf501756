/** The kinds of worker, by the tasks that they take. */
export type WorkerKind = "all" | "short-running" | "long-running";

/** What the kinds differ in. */
export interface KindTraits {
  /** Queues that it takes tasks from. */
  readonly queues: readonly string[];
  /** Tasks that one pod works on at once. */
  readonly concurrency: number;
  /** Time limit in seconds of the longest task in these queues. */
  readonly longestTask: number;
  /** Whether it works on repositories and makes the nightly backup, and so needs the cache and AWS (D25). */
  readonly longRunning: boolean;
}

/** Seconds that any task may take, and the longest of the long-running ones: the usage statistics. */
const TASK_LIMIT = 900;
const STATISTICS_LIMIT = 3600;

/** The three kinds. */
export const KINDS: Readonly<Record<WorkerKind, KindTraits>> = {
  all: {
    queues: ["short-running", "long-running", "rate-limited"],
    concurrency: 1,
    longestTask: STATISTICS_LIMIT,
    longRunning: true,
  },
  "short-running": {
    queues: ["short-running"],
    concurrency: 16,
    longestTask: TASK_LIMIT,
    longRunning: false,
  },
  "long-running": {
    queues: ["long-running", "rate-limited"],
    concurrency: 1,
    longestTask: STATISTICS_LIMIT,
    longRunning: true,
  },
};
