import { type ApiClient, type KubernetesObject, resourcePath } from "../api";
import { resolveImage } from "./image-references";
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

/** Gives each ImageStream the status that an import would give it. */
export function followImages(api: ApiClient): Reflector<ImageStream> {
  const streams = new Reflector<ImageStream>(api, resourcePath(version, "imagestreams"));
  const queue = new WorkQueue("ImageStream", async (key) => {
    const stream = streams.get(key);
    const tags = stream === undefined ? undefined : importedTags(stream, new Date().toISOString());
    if (stream === undefined || tags === undefined) {
      return;
    }
    const { name, namespace = "", resourceVersion } = stream.metadata;
    await api.patch(`${resourcePath(version, "imagestreams", namespace, name)}/status`, "merge", standIn, {
      metadata: { resourceVersion },
      status: { dockerImageRepository: `${registry}/${namespace}/${name}`, tags },
    });
  });
  streams.onChange((key) => {
    queue.add(key);
  });
  return streams;
}

/**
 * The stream's tags after an import, or `undefined` when there is nothing to import. A tag is imported when it is
 * new or follows another image than at its last import; what somebody else puts into the status is left alone, so
 * that a new image under the same name can be played.
 */
export function importedTags(stream: ImageStream, now: string): readonly TagHistory[] | undefined {
  const before = stream.status?.tags ?? [];
  const imported = (stream.spec?.tags ?? []).flatMap(({ name, from }): TagHistory[] => {
    const history = before.find(({ tag }) => tag === name);
    const last = history?.conditions?.find(({ type }) => type === importCondition)?.message;
    if (from?.kind !== "DockerImage" || from.name === undefined || from.name === last) {
      return [];
    }
    const { image, reference } = resolveImage(from.name);
    const generation = (history?.items[0]?.generation ?? 0) + 1;
    return [
      {
        tag: name,
        items: [
          { created: now, dockerImageReference: reference, image, generation },
          ...(history?.items ?? []),
        ],
        conditions: [{ type: importCondition, status: "True", message: from.name, generation }],
      },
    ];
  });
  if (imported.length === 0) {
    return undefined;
  }
  const untouched = before.filter(({ tag }) => imported.every((other) => other.tag !== tag));
  return [...untouched, ...imported];
}
