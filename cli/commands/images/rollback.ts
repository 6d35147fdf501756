import { parseImage } from "../../../stacks/settings";
import { makeChanges } from "../../images/change";
import { before, digestBefore, historiesOf, revisionsOf } from "../../images/history";
import { heldTag } from "../../images/stream";
import { clusterOf, imageNamed, type ImageSubject, imagesOf } from "../../images/subject";
import type { ProjectPaths } from "../../paths";
import { Registry } from "../../registry/client";
import { type PinOptions, pinTo } from "./pin";

/** Pins images to what ran before what runs now: Deployments and StatefulSets alike, until they are unpinned. */
export async function rollback(
  paths: ProjectPaths,
  name: string,
  names: readonly string[],
  options: PinOptions,
): Promise<number> {
  const subject = await imagesOf(paths, name, options.local);
  const changes = [];
  for (const use of names.map((one) => imageNamed(subject, one))) {
    const digest = await earlier(subject, use);
    const image = parseImage(use.source);
    // A registry may have thrown away what no tag names any more.
    if (options.check && image !== undefined) await new Registry().lookUp({ ...image, digest });
    changes.push(pinTo(use, digest, "rolled back to"));
  }
  return makeChanges(subject, changes, options);
}

async function earlier(subject: ImageSubject, use: ReturnType<typeof imageNamed>): Promise<string> {
  const cluster = await clusterOf(subject);
  const { instance, settings } = subject;
  if (use.stream === undefined) {
    return digestBefore(use, historiesOf(use, await revisionsOf(cluster, settings.namespace, instance)));
  }
  const held = await heldTag(cluster, settings.namespace, use.stream);
  const history = (held?.history ?? []).map(({ digest }) => digest);
  const digest = before(history, history[0] ?? "");
  if (digest === undefined) throw new Error(`nothing is known of what ${use.use} ran before`);
  return digest;
}
