import type { Known } from "../../leases/api";
import { IMAGE_NAMES } from "../recipes";

/** An image that has been built once, as it is kept. */
export interface KeptImage {
  /** Name of its repository, such as `packit-worker`. */
  readonly name: string;
  readonly tag: string;
  /** Digests by which an instance may run it. */
  readonly digests: readonly string[];
  /** In milliseconds since 1970. */
  readonly createdAt: number;
}

/** Digests that instances run; undefined while nobody can say so for all of them. */
export type InUse = ReadonlySet<string> | undefined;

const NAMES: readonly string[] = Object.values(IMAGE_NAMES);

/** A content address as builds give it. */
const TAG = /^[0-9a-f]{20}$/;

/** States in which an instance may be about to run an image that none runs yet. */
const ABOUT_TO: readonly string[] = ["queued", "building", "deploying"];

/**
 * The digests that a cluster's test instances run. In doubt nobody knows: one that is at work may have found an old
 * image just now, and one without a readable record may run any.
 *
 * @param names - Every instance that there is, also those without a lease.
 */
export function digestsInUse({ instances }: Pick<Known, "instances">, names: readonly string[]): InUse {
  const known = new Map(instances.map((instance) => [instance.name, instance]));
  const digests = new Set<string>();
  for (const name of new Set([...names, ...known.keys()])) {
    const { record, work } = known.get(name) ?? {};
    const atWork = work !== undefined && !work.expired;
    if (record?.images === undefined || atWork || ABOUT_TO.includes(record.state)) return undefined;
    record.images.forEach((digest) => digests.add(digest));
  }
  return digests;
}

/**
 * Images that may go: of this project's naming, older than they are kept, and run by no instance.
 *
 * @param now - In milliseconds since 1970.
 * @param keep - In milliseconds.
 */
export function outdated(
  images: readonly KeptImage[],
  inUse: InUse,
  { now, keep }: { readonly now: number; readonly keep: number },
): readonly KeptImage[] {
  if (inUse === undefined) return [];
  return images.filter(
    ({ name, tag, digests, createdAt }) =>
      NAMES.includes(name) &&
      TAG.test(tag) &&
      // A tag that has no image yet has no time.
      Number.isFinite(createdAt) &&
      now - createdAt > keep &&
      !digests.some((digest) => inUse.has(digest)),
  );
}
