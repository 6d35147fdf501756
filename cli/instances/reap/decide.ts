import { durationText } from "../duration-text";
import type { LastUse } from "../use/use";
import type { Judged, PullState } from "./candidate";
import { endsOf, isIdle, type Lifetime } from "./lifetime";

/** What becomes of one instance. */
export interface Decision {
  readonly name: string;
  readonly action: "destroy" | "sleep" | "stay";
  /** For people: `expired 3h ago`. */
  readonly why: string;
}

/** What decisions depend on besides the instances themselves. */
export interface Circumstances {
  /** The cluster's clock, in milliseconds since 1970. */
  readonly now: number;
  /** How long after its last use one goes to sleep, in milliseconds. */
  readonly idle: number;
  /** What its programs tell of its use since then; what they cannot tell keeps it awake. */
  readonly use: LastUse;
}

/**
 * Decides what becomes of an instance. In doubt it stays: what cannot be read or asked is no reason to delete
 * anything.
 */
export function decide(candidate: Judged, { now, idle, use }: Circumstances): Decision {
  const { name } = candidate;
  const stay = (why: string): Decision => ({ name, action: "stay", why });
  const destroy = (why: string): Decision => ({ name, action: "destroy", why });
  const { work, record, namespaces } = candidate;

  if (work !== undefined && !work.expired) return stay(`${work.holder} is at it`);
  const kept = record?.keep ?? namespaces.map(({ keep }) => keep).find((reason) => reason !== undefined);
  if (kept !== undefined) return stay(`kept: ${kept}`);
  if (record?.state === "destroying") return destroy("its destruction was interrupted");
  if (namespaces.length === 0 && (record === undefined || record.state === "queued")) {
    return candidate.problem === undefined
      ? destroy("nothing of it was ever made")
      : stay(`what is known of it cannot be read: ${candidate.problem}`);
  }
  const ended = endedPulls(candidate.pulls);
  if (ended !== undefined) return destroy(ended);
  const life: Lifetime = { record, namespaces };
  const end = endsOf(life);
  if (end === undefined) return stay("nothing says when it ends");
  if (end <= now) return destroy(`expired ${durationText(now - end)} ago`);
  if (!isIdle(life, now, idle)) return stay(`has ${durationText(end - now)} left`);
  if (use.kind === "unknown") return stay(`its logs do not tell whether it is used: ${use.why}`);
  if (use.kind === "used" && now - use.at < idle) return stay(`was used ${durationText(now - use.at)} ago`);
  return { name, action: "sleep", why: `unused for ${durationText(idle)} or longer` };
}

/** Says that all its pull requests have come to their end; undefined while one is open, or nobody knows. */
function endedPulls(pulls: readonly PullState[]): string | undefined {
  if (pulls.length === 0 || pulls.some((state) => state !== "closed" && state !== "merged")) return undefined;
  const words = [...new Set(pulls)].sort().join(" or ");
  return pulls.length === 1 ? `its pull request is ${words}` : `its pull requests are ${words}`;
}
