/**
 * Lets workers finish: their dispatcher is stopped, so that it takes no more tasks, and goes on when the last worker
 * has ended, to be told that it is over (C16). The kubelet ends the wait after the grace time.
 */
export function drainCommand(title: string, worker: string): string[] {
  const script = `
pkill -STOP --full "^$1" || exit 0
while pgrep --full "$2" > /dev/null; do sleep 2; done
pkill -CONT --full "^$1"
`;
  // In two parts, so that the command's own line does not match.
  return ["/bin/sh", "-c", script, "drain", title, `[${worker.slice(0, 1)}]${worker.slice(1)}`];
}

/** Deletes results that are superseded and source packages that are built, each whatever became of the other. */
export const PRUNE = `failed=0
python3 -u /usr/bin/copr_prune_results.py || failed=1
python3 -u /usr/bin/copr_prune_srpms.py || failed=1
exit $failed
`;

/** Counts what is on the volume and draws it, while the disk has nothing better to do. */
export const ANALYZE = `ionice --class idle /usr/bin/copr-backend-analyze-results
ionice --class idle /usr/bin/copr-backend-generate-graphs
`;
