import { type ImageUse, parseImage } from "../../../stacks/settings";
import type { Cluster } from "../../cluster";
import { type Change, type ChangeOptions, edit, makeChanges } from "../../images/change";
import { heldTag, importNow } from "../../images/stream";
import { clusterOf, imageNamed, type ImageSubject, imagesOf } from "../../images/subject";
import { newestOf } from "../../images/wish";
import { short } from "../../images/words";
import type { ProjectPaths } from "../../paths";
import { failure } from "../../report";
import { Registry } from "../../registry/client";

export interface ImportOptions extends ChangeOptions {
  /** Images of others, too. */
  readonly all: boolean;
}

/**
 * Brings what the sources' tags mean now: into the ImageStreams where there are some, and by writing digests into the
 * settings elsewhere.
 *
 * @param names - Which; none: Packit's own. Pinned ones are left out.
 * @returns 1 when one could not be imported; the others are all the same.
 */
export async function importImages(
  paths: ProjectPaths,
  name: string,
  names: readonly string[],
  options: ImportOptions,
): Promise<number> {
  const subject = await imagesOf(paths, name, options.local);
  const uses = chosen(subject, names, options.all);
  const cluster = uses.some(isHeld) ? await clusterOf(subject) : undefined;
  const registry = new Registry();
  const changes: Change[] = [];
  let failed = 0;
  for (const use of uses) {
    try {
      changes.push(await bring(subject, use, cluster, registry, options.dryRun));
    } catch (error) {
      failed++;
      failure(
        new Error(`${use.use} is not imported: ${error instanceof Error ? error.message : String(error)}`),
      );
    }
  }
  const code = changes.length > 0 ? await makeChanges(subject, changes, options) : 0;
  return failed > 0 ? 1 : code;
}

function chosen(subject: ImageSubject, names: readonly string[], all: boolean): readonly ImageUse[] {
  const named = names.map((use) => imageNamed(subject, use));
  const fixed = named.filter(({ pin }) => pin !== undefined).map(({ use }) => use);
  if (fixed.length > 0) {
    const { name } = subject.stack;
    throw new Error(
      `pinned: ${fixed.join(", ")}; first: npx packit-stacks images unpin ${name} ${fixed.join(" ")}`,
    );
  }
  if (named.length > 0) return named;
  return subject.settings.imageUses.filter(
    ({ pin, origin, source }) =>
      pin === undefined && (all || origin === "packit") && parseImage(source)?.tag !== undefined,
  );
}

function isHeld({ stream }: ImageUse): boolean {
  return stream !== undefined;
}

async function bring(
  { settings: { namespace } }: ImageSubject,
  use: ImageUse,
  cluster: Cluster | undefined,
  registry: Registry,
  dryRun: boolean,
): Promise<Change> {
  if (use.stream === undefined || cluster === undefined) return bringIntoSettings(use, registry);
  const before = (await heldTag(cluster, namespace, use.stream))?.history[0]?.digest;
  if (dryRun)
    return { use: use.use, says: moved(before, (await newestOf(registry, use))?.digest), edits: [] };
  const { history } = await importNow(cluster, namespace, use.stream, use.source);
  return { use: use.use, says: moved(before, history[0]?.digest), edits: [] };
}

/** Where nothing holds an image but the settings: the tag stays there beside the digest, to be looked up again. */
async function bringIntoSettings(use: ImageUse, registry: Registry): Promise<Change> {
  const image = parseImage(use.source);
  const newest = await newestOf(registry, use);
  if (image?.tag === undefined || newest === undefined)
    throw new Error(`${use.source} has no tag to look up`);
  const says = moved(image.digest, newest.digest);
  if (image.digest === newest.digest) return { use: use.use, says, edits: [] };
  const source = `${image.registry}/${image.repository}:${image.tag}@${newest.digest}`;
  return { use: use.use, says, edits: [edit(use, "source", source)] };
}

function moved(from: string | undefined, to: string | undefined): string {
  if (from !== undefined && from === to) return `is at ${short(from)} already`;
  return `${from === undefined ? "comes to" : `moves from ${short(from)} to`} ${to === undefined ? "?" : short(to)}`;
}
