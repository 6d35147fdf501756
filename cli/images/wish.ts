import { type ImageReference, type ImageUse, parseImage } from "../../stacks/settings";
import { Registry, type RegistryImage } from "../registry/client";

/** An image and, maybe, which one of it: `worker`, `worker=sha256:…` or `worker=stable-abc1234`. */
export interface Wish {
  readonly use: string;
  /** A digest or a tag. */
  readonly which?: string;
}

/** Reads a command's argument. */
export function wishOf(argument: string): Wish {
  const equals = argument.indexOf("=");
  if (equals === -1) return { use: argument };
  return { use: argument.slice(0, equals), which: argument.slice(equals + 1) };
}

/**
 * The image of a use's repository by a digest or tag.
 * @throws Error when it is neither.
 */
export function referenceTo({ use, source }: ImageUse, which: string): ImageReference {
  const { registry, repository } = parseImage(source) ?? { registry: "", repository: source };
  const separator = which.startsWith("sha256:") ? "@" : ":";
  const image = parseImage(`${registry}/${repository}${separator}${which}`);
  if (image === undefined) {
    throw new Error(`${use}=${which}: neither a digest (sha256: and 64 hexadecimal digits) nor a tag`);
  }
  return image;
}

/** What the registry has under a use's tag; undefined when its source has no tag. @throws RegistryError */
export async function newestOf(registry: Registry, { source }: ImageUse): Promise<RegistryImage | undefined> {
  const image = parseImage(source);
  if (image?.tag === undefined) return undefined;
  return registry.lookUp({ registry: image.registry, repository: image.repository, tag: image.tag });
}
