import * as z from "zod";

import { timeText } from "../leases/time-text";

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const past = z.object({ startedAt: time.nullish(), finishedAt: time.nullish() });

const state = z.object({
  running: z.object({ startedAt: time }).exactOptional(),
  terminated: past.exactOptional(),
});

/** A pod, as far as it matters to its log. */
export const podFacts = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    creationTimestamp: time,
  }),
  spec: z.object({ containers: z.array(z.object({ name: z.string() })).min(1) }),
  status: z
    .object({
      phase: z.string().default(""),
      containerStatuses: z
        .array(
          z.object({
            name: z.string(),
            restartCount: z.number(),
            state: state.default({}),
            lastState: state.default({}),
          }),
        )
        .default([]),
    })
    .default({ phase: "", containerStatuses: [] }),
});

export type PodFacts = z.infer<typeof podFacts>;

/** One life of a container, whose log can be read. */
export interface Run {
  readonly pod: string;
  readonly container: string;
  /** Whether it is the one before the container's last start. */
  readonly previous: boolean;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
}

/** What a pod's component has run as since a time. */
export interface Runs {
  readonly runs: readonly Run[];
  /** Why that is not all of it; absent: it is. */
  readonly lacking?: string;
}

/**
 * The lives of a pod's main container that have logs, as far as they reach into the time since `since`. Of those before
 * the last two the cluster keeps none, and neither of pods that are gone.
 */
export function runsOf({ metadata, spec, status }: PodFacts, since: number): Runs {
  const { name: pod } = metadata;
  // The component's own; what only helps it comes after.
  const container = spec.containers[0]?.name ?? "";
  const found = status.containerStatuses.find(({ name }) => name === container);
  if (found === undefined) return { runs: [], lacking: `${pod} has not started` };
  const { restartCount, state: now, lastState } = found;
  const started = now.running?.startedAt ?? now.terminated?.startedAt;
  const before = lastState.terminated;
  const lives = [
    { previous: false, startedAt: started, ended: now.terminated?.finishedAt },
    { previous: true, startedAt: before?.startedAt, ended: before?.finishedAt },
  ].flatMap(({ previous, startedAt, ended }) =>
    startedAt == null ? [] : [{ run: { pod, container, previous, startedAt }, ended: ended ?? Infinity }],
  );
  const runs = lives.filter(({ ended }) => ended >= since).map(({ run }) => run);
  const lacking = lives.some(({ run }) => run.startedAt <= since) ? undefined : whyLacking();
  return { runs, ...(lacking !== undefined && { lacking }) };

  function whyLacking(): string | undefined {
    if (lives.length === 0) return `${pod} has not started`;
    if (metadata.creationTimestamp > since)
      return `${pod} is there only since ${timeText(metadata.creationTimestamp)}`;
    return lives.length > restartCount ? undefined : `${pod} has been restarted ${restartCount} times`;
  }
}
