import type { ImageUse } from "../../../stacks/settings";
import { type Change, type ChangeOptions, edit, makeChanges } from "../../images/change";
import { presentDigest, presentOf } from "../../images/now";
import { clusterOf, imageNamed, type ImageSubject, imagesOf } from "../../images/subject";
import { referenceTo, type Wish, wishOf } from "../../images/wish";
import { short } from "../../images/words";
import type { ProjectPaths } from "../../paths";
import { Registry } from "../../registry/client";

export interface PinOptions extends ChangeOptions {
  /** Ask the registry whether it has the image. */
  readonly check: boolean;
}

/**
 * Holds images at what runs now, or at a digest or tag that is named.
 *
 * @param wishes - `worker`, `worker=sha256:…`, `worker=<tag>`.
 */
export async function pin(
  paths: ProjectPaths,
  name: string,
  wishes: readonly string[],
  options: PinOptions,
): Promise<number> {
  const subject = await imagesOf(paths, name, options.local);
  const wanted = wishes.map(wishOf).map((wish) => ({ wish, use: imageNamed(subject, wish.use) }));
  const changes: Change[] = [];
  for (const { wish, use } of wanted) {
    const digest = await digestFor(subject, use, wish, options.check);
    changes.push(pinTo(use, digest, "pinned to"));
  }
  return makeChanges(subject, changes, options);
}

/** The change that holds an image at a digest. */
export function pinTo(use: ImageUse, digest: string, says: string): Change {
  if (use.pin === digest) return { use: use.use, says: `is pinned to ${short(digest)} already`, edits: [] };
  return { use: use.use, says: `${says} ${short(digest)}`, edits: [edit(use, "pin", digest)] };
}

async function digestFor(
  subject: ImageSubject,
  use: ImageUse,
  { which }: Wish,
  check: boolean,
): Promise<string> {
  if (which === undefined) {
    const [present] = await presentOf(subject, await clusterOf(subject), [use]);
    return presentDigest(present ?? { use, running: [] });
  }
  const image = referenceTo(use, which);
  if (image.digest !== undefined && !check) return image.digest;
  const { digest } = await new Registry().lookUp(image);
  return image.digest ?? digest;
}
