import type { PlainProperties } from "../../frame/values";
import { condition, listAt, mapAt, numberAt, textAt } from "../object";

/** What a container says while it starts as it should. */
const starting = new Set(["", "ContainerCreating", "PodInitializing"]);

/** Why a pod is not ready, in its own words; undefined when it is, or is only starting or ending. */
export function podProblem(pod: PlainProperties): string | undefined {
  const phase = textAt(pod, "status", "phase");
  if (phase === "Succeeded" || condition(pod, "Ready")?.status === "True") return undefined;
  if (textAt(pod, "metadata", "deletionTimestamp") !== "") return undefined;
  const scheduled = condition(pod, "PodScheduled");
  if (scheduled?.status === "False") {
    return `${textAt(scheduled, "reason") || "not scheduled"}: ${textAt(scheduled, "message")}`;
  }
  const containers = [
    ...listAt(pod, "status", "initContainerStatuses"),
    ...listAt(pod, "status", "containerStatuses"),
  ];
  const problems = containers.flatMap((container) => containerProblem(mapAt(container)) ?? []);
  if (problems.length > 0) return problems.join("; ");
  const message = textAt(pod, "status", "message");
  return phase === "Failed" || message !== ""
    ? `${textAt(pod, "status", "reason") || phase}: ${message}`
    : undefined;
}

function containerProblem(container: PlainProperties): string | undefined {
  const name = textAt(container, "name");
  const waiting = mapAt(container, "state", "waiting");
  const reason = textAt(waiting, "reason");
  if (!starting.has(reason)) {
    const message = textAt(waiting, "message");
    return `${name}: ${reason}${message && `: ${message}`}${lastEnd(container)}`;
  }
  const ended = mapAt(container, "state", "terminated");
  if (numberAt(ended, "exitCode") !== 0) return `${name}: ${endText(ended)}`;
  const running = textAt(container, "state", "running", "startedAt") !== "";
  return running && container.ready === false && container.started !== undefined
    ? `${name}: runs, but is not ready${lastEnd(container)}`
    : undefined;
}

function lastEnd(container: PlainProperties): string {
  const last = mapAt(container, "lastState", "terminated");
  return numberAt(last, "exitCode") === 0 ? "" : ` (last time: ${endText(last)})`;
}

function endText(ended: PlainProperties): string {
  const message = textAt(ended, "message").trim();
  return `ended with exit code ${numberAt(ended, "exitCode")}, ${textAt(ended, "reason")}${message && `: ${message}`}`;
}
