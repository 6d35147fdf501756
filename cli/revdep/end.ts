import type { SeenJob } from "./look";
import { failureOf, startProblem, type TestPod } from "./pod";

/** How a run ended. */
export interface End {
  readonly succeeded: boolean;
  /** Why it failed. */
  readonly reason?: string;
  /** How long it took, by the cluster's clock. */
  readonly seconds?: number;
}

/** How a run ended; undefined: it has not, and still can. */
export function endOf({ status }: SeenJob, pod: TestPod | undefined): End | undefined {
  const end = status?.conditions?.find(
    ({ type, status: holds }) => holds === "True" && (type === "Complete" || type === "Failed"),
  );
  if (end === undefined) {
    const reason = pod === undefined ? undefined : startProblem(pod);
    return reason === undefined ? undefined : { succeeded: false, reason };
  }
  const seconds = (Date.parse(end.lastTransitionTime ?? "") - Date.parse(status?.startTime ?? "")) / 1000;
  const timed = Number.isNaN(seconds) ? {} : { seconds };
  if (end.type === "Complete") return { succeeded: true, ...timed };
  const reason =
    end.reason === "DeadlineExceeded"
      ? "they took longer than packit:revdep.deadlineMinutes"
      : ((pod && failureOf(pod)?.reason) ?? end.message ?? "the Job failed without a word");
  return { succeeded: false, reason, ...timed };
}
