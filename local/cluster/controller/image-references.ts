import { createHash } from "node:crypto";

/** What a reference such as `quay.io/packit/dashboard:prod` means: an image by its digest. */
export interface Resolved {
  readonly image: string;
  readonly reference: string;
}

/** Why a reference means nothing. */
export interface Unresolved {
  readonly failure: string;
}

/** How long a registry of this machine may take, in milliseconds. */
const patienceMs = 5_000;

/** What a registry is asked for; it would answer in an older form otherwise, with another digest. */
const manifests = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/**
 * What a reference resolves to without asking anybody. The digest is made up of the reference's text, so that it is
 * the same every time and another one for another tag.
 */
export function resolveImage(reference: string): Resolved {
  const [name = "", given] = reference.split("@");
  const image = given ?? `sha256:${createHash("sha256").update(reference).digest("hex")}`;
  return { image, reference: `${withoutTag(name)}@${image}` };
}

/** What a reference means now. A registry of this machine is asked; for all others a digest is made up. */
export async function findImage(reference: string): Promise<Resolved | Unresolved> {
  const local = /^((?:localhost|127\.0\.0\.1):\d+)\/([^@]+?)(?::([\w.-]+))?(?:@(.+))?$/.exec(reference);
  if (local === null) return resolveImage(reference);
  const [, host = "", repository = "", tag = "latest", digest] = local;
  try {
    const answer = await fetch(`http://${host}/v2/${repository}/manifests/${digest ?? tag}`, {
      method: "HEAD",
      headers: { accept: manifests },
      signal: AbortSignal.timeout(patienceMs),
    });
    const image = answer.headers.get("docker-content-digest");
    return answer.ok && image !== null
      ? { image, reference: `${host}/${repository}@${image}` }
      : { failure: `${reference}: HTTP ${answer.status}` };
  } catch (error) {
    return { failure: `${reference}: ${String(error)}` };
  }
}

/** A colon after the last slash parts the tag off; one before it belongs to the registry's port. */
function withoutTag(name: string): string {
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return colon === -1 ? name : name.slice(0, colon);
}
