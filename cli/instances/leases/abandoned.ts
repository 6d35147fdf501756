import * as z from "zod";

import { annotated, type Lease, timeOf } from "./lease";

/** Annotation with the machine that works with the lease. */
const MACHINE_ANNOTATION = "packit.dev/machine";

/** Annotation with the machines on which work ended badly, as long as no later work has ended well. */
const ABANDONED_ANNOTATION = "packit.dev/abandoned";

/** How many of them are kept. */
const MOST = 10;

const machine = z.object({ host: z.string(), from: z.number() });

const abandoned = z.object({ host: z.string(), from: z.number(), until: z.number() });

/**
 * A machine on which somebody worked and did not end well, and from when until when they had the lease, by that
 * machine's own clock, in milliseconds since 1970. An engine's lock from there and then has no owner any more.
 */
export type Abandoned = z.infer<typeof abandoned>;

const abandonedList = z.array(abandoned);

/** Work that nobody has finished. */
export function abandonedIn(lease: Lease): readonly Abandoned[] {
  return read(abandonedList, lease.metadata.annotations?.[ABANDONED_ANNOTATION]) ?? [];
}

/** The lease of somebody new: what its last holder left unfinished, if any, is added to what it knows of such. */
export function begun(lease: Lease, host: string, wall: number): Lease {
  const last = lastOf(lease, lastHeld(lease));
  return annotated(lease, {
    ...list([...abandonedIn(lease), ...last]),
    ...on({ host, from: Math.floor(wall) }),
  });
}

/** The lease of somebody who has finished, well or not. */
export function ended(lease: Lease, well: boolean, wall: number): Lease {
  const { from = wall } = read(machine, lease.metadata.annotations?.[MACHINE_ANNOTATION]) ?? {};
  const entries = well ? [] : [...abandonedIn(lease), ...lastOf(lease, wall - from)];
  return annotated(lease, { ...list(entries), [MACHINE_ANNOTATION]: undefined });
}

function lastOf(lease: Lease, forMs: number): readonly Abandoned[] {
  const last = read(machine, lease.metadata.annotations?.[MACHINE_ANNOTATION]);
  return last === undefined ? [] : [{ ...last, until: Math.ceil(last.from + forMs) }];
}

/** For how long the last holder had the lease before it expired. */
function lastHeld({ spec }: Lease): number {
  const held = timeOf(spec?.renewTime) - timeOf(spec?.acquireTime);
  return (Number.isNaN(held) ? 0 : held) + (spec?.leaseDurationSeconds ?? 0) * 1000;
}

function on(value: z.infer<typeof machine>): Record<string, string> {
  return { [MACHINE_ANNOTATION]: JSON.stringify(value) };
}

function list(entries: readonly Abandoned[]): Record<string, string | undefined> {
  return { [ABANDONED_ANNOTATION]: entries.length === 0 ? undefined : JSON.stringify(entries.slice(-MOST)) };
}

function read<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
