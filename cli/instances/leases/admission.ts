import type { AdmitOptions, KnownInstance } from "./api";
import { type Claims, freeOnes } from "./claims";
import { pauseAbout } from "./clock";
import { NoRoom } from "./errors";
import type { Holding } from "./holding";
import { annotated, timeOf } from "./lease";
import { hasLeft, ownerOf, QUEUED_ANNOTATION, type Snapshot } from "./snapshot";

/** Where one stands who has no place yet. */
interface Standing {
  /** Its number among those that wait, from 1. */
  readonly number: number;
  readonly living: readonly KnownInstance[];
  /** Some of them may be gone, and that will be known soon. */
  readonly doubtful: boolean;
}

/**
 * Gets an instance a place among those that live, first come first served.
 *
 * @param askEvery - How often a waiting one looks, on average, in milliseconds.
 * @param signal - Gives up waiting.
 * @throws NoRoom without `wait` when all places are taken, or others wait for them.
 */
export async function admit(
  claims: Claims,
  holding: Holding,
  { max, wait = false, onPlace }: AdmitOptions,
  askEvery: number,
  signal: AbortSignal,
): Promise<void> {
  let told: number | undefined;
  for (;;) {
    signal.throwIfAborted();
    const standing = await holding.insist(async () => enter(claims, await claims.look(), holding.name, max));
    if (standing === "in") break;
    if (wait) {
      if (told === undefined) await queue(claims, holding);
      if (told !== standing.number) onPlace?.(standing.number, standing.living);
      told = standing.number;
    } else if (!standing.doubtful) throw new NoRoom(holding.name, standing.number, max, standing.living);
    await pauseAbout(claims.store.clock, askEvery, signal);
  }
  if (told !== undefined)
    await holding.write((lease) => annotated(lease, { [QUEUED_ANNOTATION]: undefined }));
}

/**
 * Takes a place when it is one's turn. The third in the queue needs three free ones and takes the third, so that
 * those whose turn it is do not reach for the same.
 *
 * @returns undefined when somebody was faster.
 */
async function enter(
  claims: Claims,
  snapshot: Snapshot,
  stack: string,
  max: number,
): Promise<Standing | "in" | undefined> {
  const { places, instances, doubtful } = snapshot;
  const mine = [...places.values()].find((lease) => ownerOf(lease) === stack);
  if (mine !== undefined) return (await claims.keep(mine)) && "in";
  const taken = [...places.values()].filter((lease) => !hasLeft(snapshot, ownerOf(lease), "gives up"));
  const waiting = instances.filter(({ place }) => place !== undefined);
  const number = instances.find(({ name }) => name === stack)?.place ?? waiting.length + 1;
  if (number > max - taken.length) {
    const living = instances.filter(({ admitted, name }) => admitted && has(taken, name));
    return { number, living, doubtful };
  }
  const all = Array.from({ length: max }, (_, index) => String(index + 1));
  const chosen = freeOnes(snapshot, places, all, "gives up")[number - 1];
  if (chosen === undefined) return undefined;
  return (await claims.take("place", chosen, places.get(chosen), stack)) && "in";
}

function has(places: readonly Parameters<typeof ownerOf>[0][], stack: string): boolean {
  return places.some((lease) => ownerOf(lease) === stack);
}

/** Puts it behind all who wait, whatever has become of the cluster's clock since they came. */
async function queue({ store, look }: Claims, holding: Holding): Promise<void> {
  const { leases } = await holding.insist(look);
  const tickets = leases.map(({ metadata }) => timeOf(metadata.annotations?.[QUEUED_ANNOTATION]));
  const last = Math.max(0, ...tickets.filter((ticket) => !Number.isNaN(ticket)));
  const ticket = new Date(Math.max(store.now(), last + 1)).toISOString();
  await holding.write((lease) =>
    annotated(lease, { [QUEUED_ANNOTATION]: lease.metadata.annotations?.[QUEUED_ANNOTATION] ?? ticket }),
  );
}
