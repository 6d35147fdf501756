import { parseImage } from "../../../../stacks/settings";
import type { Cluster } from "../../../cluster";
import type { BuildStep } from "../model";
import { taken } from "./asking";

/** Where OpenShift's own registry is, to its pods. */
const REGISTRY = "image-registry.openshift-image-registry.svc:5000";

/** An image of a stream, as far as it is looked into here. */
interface StreamImage {
  readonly image: {
    readonly metadata: { readonly name: string };
    readonly dockerImageMetadata?: { readonly Config?: { readonly User?: string } };
  };
}

/** Built images in the ImageStreams of a namespace. */
export class StreamStore {
  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
  ) {}

  /** Reference with digest of what a step made. @throws Error when the server refuses. */
  async find(step: BuildStep): Promise<string | undefined> {
    const found = await this.#get(`imagestreamtags/${step.name}:${step.tag}`);
    return found && this.referenceOf(step, found.image.metadata.name);
  }

  /** User that an image runs as. */
  async userOf(reference: string): Promise<string | undefined> {
    const { repository = "", digest = "" } = parseImage(reference) ?? {};
    const name = repository.split("/").at(-1) ?? "";
    const user = (await this.#get(`imagestreamimages/${name}@${digest}`))?.image.dockerImageMetadata?.Config
      ?.User;
    return user === "" ? undefined : user;
  }

  referenceOf({ name }: BuildStep, digest: string): string {
    return `${REGISTRY}/${this.namespace}/${name}@${digest}`;
  }

  async #get(what: string): Promise<StreamImage | undefined> {
    const path = `/apis/image.openshift.io/v1/namespaces/${this.namespace}/${what}`;
    const answer = await this.cluster.ask("GET", path);
    // Whoever has not built yet cannot see into the namespace.
    if (answer.status === 404 || answer.status === 403) return undefined;
    return taken(answer, `show ${what}`) as StreamImage;
  }
}
