import { type ApiClient, type KubernetesObject, resourcePath } from "../api";
import { findImage, resolveImage, type Resolved, type Unresolved } from "./image-references";
import { standIn } from "./names";
import { WorkQueue } from "./queue";
import { Reflector } from "./reflector";

/** A named set of tags, each following an image elsewhere. */
export interface ImageStream extends KubernetesObject {
  readonly spec?: {
    readonly tags?: readonly {
      readonly name: string;
      readonly from?: { readonly kind?: string; readonly name?: string };
    }[];
  };
  readonly status?: { readonly tags?: readonly TagHistory[] };
}

/** What a tag has pointed to, newest first. */
export interface TagHistory {
  readonly tag: string;
  readonly items: readonly {
    readonly created: string;
    readonly dockerImageReference: string;
    readonly image: string;
    readonly generation: number;
  }[];
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly message?: string;
    readonly generation: number;
  }[];
}

const version = "image.openshift.io/v1";
/** OpenShift's internal registry. Nothing answers there; it is what the status of a stream says on a real cluster. */
const registry = "image-registry.openshift-image-registry.svc:5000";
const importCondition = "ImportSuccess";

/** Finds what a reference means; asked before, so that it answers at once. */
type Find = (reference: string) => Resolved | Unresolved;

/** Gives each ImageStream the status that an import would give it. */
export function followImages(api: ApiClient): Reflector<ImageStream> {
  const streams = new Reflector<ImageStream>(api, resourcePath(version, "imagestreams"));
  const queue = new WorkQueue("ImageStream", async (key) => {
    const stream = streams.get(key);
    if (stream !== undefined) {
      await importTags(api, stream, []);
    }
  });
  streams.onChange((key) => {
    queue.add(key);
  });
  return streams;
}

/** Imports what is due of a stream, and `again` whatever was imported before. */
export async function importTags(
  api: ApiClient,
  stream: ImageStream,
  again: readonly string[],
): Promise<void> {
  const references = dueTags(stream, again).map(({ reference }) => reference);
  const found = new Map<string, Resolved | Unresolved>();
  for (const reference of references) {
    found.set(reference, await findImage(reference));
  }
  const now = new Date().toISOString();
  const find: Find = (reference) => found.get(reference) ?? resolveImage(reference);
  const tags = importedTags(stream, now, find, again);
  if (tags === undefined) {
    return;
  }
  const { name, namespace = "", resourceVersion } = stream.metadata;
  await api.patch(`${resourcePath(version, "imagestreams", namespace, name)}/status`, "merge", standIn, {
    metadata: { resourceVersion },
    status: { dockerImageRepository: `${registry}/${namespace}/${name}`, tags },
  });
}

/**
 * The stream's tags after an import, or `undefined` when there is nothing to import. A tag is imported when it is
 * new, follows another image than at its last import, or is to be imported `again`; what somebody else puts into the
 * status is left alone, so that a new image under the same name can be played.
 */
export function importedTags(
  stream: ImageStream,
  now: string,
  find: Find = resolveImage,
  again: readonly string[] = [],
): readonly TagHistory[] | undefined {
  const before = stream.status?.tags ?? [];
  const imported = dueTags(stream, again).map(({ name, reference }): TagHistory => {
    const items = before.find(({ tag }) => tag === name)?.items ?? [];
    const generation = (items[0]?.generation ?? 0) + 1;
    const found = find(reference);
    if ("failure" in found) {
      const condition = { type: importCondition, status: "False", message: found.failure, generation };
      return { tag: name, items, conditions: [condition] };
    }
    const item = {
      created: now,
      dockerImageReference: found.reference,
      image: found.image,
      generation,
    };
    // The same image again is no news.
    const isNews = items[0]?.dockerImageReference !== found.reference;
    return {
      tag: name,
      items: isNews ? [item, ...items] : items,
      conditions: [{ type: importCondition, status: "True", message: reference, generation }],
    };
  });
  if (imported.length === 0) {
    return undefined;
  }
  const untouched = before.filter(({ tag }) => imported.every((other) => other.tag !== tag));
  return [...untouched, ...imported];
}

/** Tags whose source has changed since the last import, or that are asked for. */
function dueTags(
  stream: ImageStream,
  again: readonly string[],
): readonly { readonly name: string; readonly reference: string }[] {
  return (stream.spec?.tags ?? []).flatMap(({ name, from }) => {
    const history = stream.status?.tags?.find(({ tag }) => tag === name);
    const last = history?.conditions?.find(({ type }) => type === importCondition)?.message;
    const isDue = from?.name !== last || again.includes(name);
    return from?.kind === "DockerImage" && from.name !== undefined && isDue
      ? [{ name, reference: from.name }]
      : [];
  });
}
