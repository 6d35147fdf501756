/** `localhost` alone is what local builds are called, and what no registry is. */
const REGISTRY = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?|[a-z0-9-]+:[0-9]+)$/;
const REPOSITORY = /^[a-z0-9._-]+(?:\/[a-z0-9._-]+)*$/;

/** An image reference in its parts; tag, digest or both are there. */
export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

/** Reads an image reference; undefined when it lacks the registry, or tag and digest both (D31). */
export function parseImage(source: string): ImageReference | undefined {
  const [named = "", digest, ...more] = source.split("@");
  const slash = named.indexOf("/");
  const [repository = "", tag, ...rest] = named.slice(slash + 1).split(":");
  const registry = named.slice(0, Math.max(slash, 0));
  if (more.length > 0 || rest.length > 0 || (tag ?? digest) === undefined) return undefined;
  if (!REGISTRY.test(registry) || !REPOSITORY.test(repository)) return undefined;
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) return undefined;
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
  return {
    registry,
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}
