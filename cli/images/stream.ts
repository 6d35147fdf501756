import { IMAGE_API, imageStreamImport } from "../../components/platform/image-stream-import";
import type { ImageUse } from "../../stacks/settings";
import type { Cluster } from "../cluster";
import { find, pathOf, refusal } from "./asking";

/** How long an import may take, in milliseconds: OpenShift asks the registry meanwhile. */
const PATIENCE_MS = 120_000;

/** How often to look whether a request is still being worked on, in milliseconds. */
const PAUSE_MS = 200;

/** A tag that an ImageStream holds. */
export interface HeldTag {
  /** Digests, newest first: what the tag points to, then what it pointed to before. */
  readonly history: readonly { readonly digest: string; readonly since: string }[];
  /** Why the last import failed. */
  readonly failure?: string;
}

interface ImageStream {
  readonly status?: {
    readonly tags?: readonly {
      readonly tag: string;
      readonly items?: readonly { readonly image: string; readonly created: string }[] | null;
      readonly conditions?: readonly {
        readonly type: string;
        readonly status: string;
        readonly message?: string;
      }[];
    }[];
  };
}

interface ImportAnswer {
  readonly status?: {
    readonly images?: readonly {
      readonly status?: { readonly status?: string; readonly message?: string };
    }[];
  };
}

/** What an ImageStream says of the tag that it holds for a stack; undefined when it is not there. */
export async function heldTag(
  cluster: Cluster,
  namespace: string,
  stream: NonNullable<ImageUse["stream"]>,
): Promise<HeldTag | undefined> {
  const found = await find<ImageStream>(cluster, pathOf(IMAGE_API, "imagestreams", namespace, stream.name));
  if (found === undefined) return undefined;
  const tag = found.status?.tags?.find((candidate) => candidate.tag === stream.tag);
  const failed = tag?.conditions?.find(({ type, status }) => type === "ImportSuccess" && status === "False");
  return {
    history: (tag?.items ?? []).map(({ image, created }) => ({ digest: image, since: created })),
    ...(failed !== undefined && { failure: failed.message ?? "it is not said why" }),
  };
}

/**
 * Has OpenShift look at the source of a stream's tag and import what is there.
 * @throws Error when it cannot, with what it says.
 */
export async function importNow(
  cluster: Cluster,
  namespace: string,
  stream: NonNullable<ImageUse["stream"]>,
  source: string,
): Promise<HeldTag> {
  const path = pathOf(IMAGE_API, "imagestreamimports", namespace);
  const request = imageStreamImport(namespace, { stream: stream.name, tag: stream.tag, source });
  const { status, body } = await cluster.ask("POST", path, request, PATIENCE_MS);
  if (status >= 300) throw new Error(refusal(cluster, path, status, body));
  const said = (body as ImportAnswer).status?.images?.find((image) => image.status?.status === "Failure");
  if (said !== undefined) throw new Error(said.status?.message ?? "it is not said why");
  // OpenShift answers when it is done. A server that keeps the request, such as the local one, is still at it.
  const deadline = Date.now() + PATIENCE_MS;
  while ((await find(cluster, `${path}/${stream.name}`)) !== undefined) {
    if (Date.now() > deadline) throw new Error(`no answer within ${PATIENCE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  const held = await heldTag(cluster, namespace, stream);
  if (held?.failure !== undefined) throw new Error(held.failure);
  return held ?? { history: [] };
}
