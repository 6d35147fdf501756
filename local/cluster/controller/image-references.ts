import { createHash } from "node:crypto";

/**
 * What a reference such as `quay.io/packit/dashboard:prod` resolves to: the same image by digest. The digest is
 * made up of the reference's text, so that it is the same every time and another one for another tag.
 */
export function resolveImage(reference: string): { readonly image: string; readonly reference: string } {
  const [name = "", given] = reference.split("@");
  const image = given ?? `sha256:${createHash("sha256").update(reference).digest("hex")}`;
  return { image, reference: `${withoutTag(name)}@${image}` };
}

/** A colon after the last slash parts the tag off; one before it belongs to the registry's port. */
function withoutTag(name: string): string {
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return colon === -1 ? name : name.slice(0, colon);
}
