/** Whether a reference names its content, so that the same bytes run whenever it is pulled. */
export function hasDigest(image: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(image);
}

/** The tag of a reference without a digest; a reference without either means `latest`. */
export function tagOf(image: string): string {
  const name = image.slice(image.lastIndexOf("/") + 1);
  const [, tag = "latest"] = name.split(":");
  return tag;
}
