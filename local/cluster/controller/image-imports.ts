import { type ApiClient, ApiError, type KubernetesObject, resourcePath } from "../api";
import { importTags, type ImageStream } from "./image-streams";
import { WorkQueue } from "./queue";
import { Reflector } from "./reflector";

/** A request to import tags of the ImageStream of its name now. */
interface ImageStreamImport extends KubernetesObject {
  readonly spec?: { readonly images?: readonly { readonly to?: { readonly name?: string } }[] };
}

const version = "image.openshift.io/v1";

/**
 * Does what requests for imports ask for. OpenShift answers a request when it is done and keeps none; here one is
 * there while it is worked on, and what came of it stands in the stream.
 */
export function importImages(api: ApiClient): Reflector<ImageStreamImport> {
  const imports = new Reflector<ImageStreamImport>(api, resourcePath(version, "imagestreamimports"));
  const queue = new WorkQueue("ImageStreamImport", async (key) => {
    const request = imports.get(key);
    if (request === undefined) {
      return;
    }
    const { namespace = "", name } = request.metadata;
    const tags = (request.spec?.images ?? []).flatMap(({ to }) => (to?.name === undefined ? [] : [to.name]));
    const stream = await unlessGone(
      api.get<ImageStream>(resourcePath(version, "imagestreams", namespace, name)),
    );
    if (stream !== undefined) {
      await importTags(api, stream, tags);
    }
    await unlessGone(api.delete(resourcePath(version, "imagestreamimports", namespace, name)));
  });
  imports.onChange((key) => {
    queue.add(key);
  });
  return imports;
}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}
