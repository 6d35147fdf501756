import { type Registry, RegistryError, type RegistryImage } from "../../../registry/client";
import { type ImageReference, parseImage } from "../../../../stacks/settings";
import type { BuildStep } from "../model";
import { referenceIn } from "./buildah";

/** Built images in a registry. */
export class RegistryStore {
  constructor(
    /** With the beginning of the repositories' path. */
    readonly prefix: string,
    private readonly registry: Pick<Registry, "lookUp">,
  ) {}

  /** Reference with digest of what a step made. @throws RegistryError when the registry does not answer. */
  async find(step: BuildStep): Promise<string | undefined> {
    const found = await this.#lookUp(referenceIn(this.prefix, step));
    return found && this.referenceOf(step, found.digest);
  }

  /** User that an image runs as. */
  async userOf(reference: string): Promise<string | undefined> {
    const image = parseImage(reference);
    return image && (await this.#lookUp(image))?.user;
  }

  referenceOf({ name }: BuildStep, digest: string): string {
    return `${this.prefix}/${name}@${digest}`;
  }

  async #lookUp(image: ImageReference): Promise<RegistryImage | undefined> {
    try {
      return await this.registry.lookUp(image);
    } catch (error) {
      if (error instanceof RegistryError && error.unseen) return undefined;
      throw error;
    }
  }
}
