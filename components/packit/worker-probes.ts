import type { Probes } from "../platform/container";

/** The process that a container started. */
const FIRST_PROCESS = 1;

/**
 * Probes of a worker. Whether it lives is asked of its own processes: through the broker, an outage there would
 * restart every worker (D14). Whether it takes tasks is asked through the broker, of this one worker; the answer
 * stops a rollout, and nothing else.
 *
 * @param concurrency - More than one task at once is done within one process, else in a child of its own.
 */
export function workerProbes(concurrency: number): Probes {
  const alive = { exec: { command: ["/usr/bin/bash", "-c", workerIsAlive(concurrency)] }, timeoutSeconds: 5 };
  return {
    readiness: {
      exec: { command: ["/usr/bin/bash", "-c", workerAnswers()] },
      periodSeconds: 60,
      timeoutSeconds: 30,
    },
    liveness: { ...alive, periodSeconds: 20 },
    // The start script downloads host keys before it becomes the worker.
    startup: { ...alive, periodSeconds: 5, failureThreshold: 60 },
  };
}

/**
 * Holds when the start script has become the worker and, with a pool of processes, one of those runs: a process
 * that is no zombie and whose parent is the worker.
 */
export function workerIsAlive(concurrency: number, process = FIRST_PROCESS): string {
  const worker = `grep --quiet celery /proc/${process}/cmdline`;
  const child = `grep --quiet --no-messages --extended-regexp '^[0-9]+ \\(.*\\) [RSD] ${process} ' /proc/[0-9]*/stat`;
  return concurrency > 1 ? worker : `${worker} && ${child}`;
}

/** Asks without the worker's own code, whose import alone takes seconds; the address is not shown among processes. */
function workerAnswers(): string {
  return [
    'export CELERY_BROKER_URL="redis://:${REDIS_PASSWORD}@${REDIS_SERVICE_HOST}:6379/0"',
    'exec celery inspect ping --timeout 10 --destination "celery@$(uname --nodename)"',
  ].join("\n");
}
