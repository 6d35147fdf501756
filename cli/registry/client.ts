import type { ClientOptions, types } from "@snyk/docker-registry-v2-client";

import type { ImageReference } from "../../stacks/settings";
import { type Credentials, credentialsFor } from "./credentials";

/** An image as its registry knows it. */
export interface RegistryImage {
  /** Digest by which it is to be run: of the index when it is made for several architectures. */
  readonly digest: string;
  /** Every digest by which a node may say that it runs this image. */
  readonly digests: readonly string[];
  /** When it was built; absent when the build did not say. */
  readonly created?: Date;
  /** User that it runs as; absent: root. */
  readonly user?: string;
}

/** What the registry said instead of an answer. */
export class RegistryError extends Error {
  override readonly name = "RegistryError";

  /** @param unseen - The registry shows no such image: there is none, or it is not for everybody. */
  constructor(
    message: string,
    readonly unseen = false,
  ) {
    super(message);
  }
}

/** How long connecting and answering may take, in milliseconds. */
const PATIENCE_MS = 15_000;

const ACCEPTED = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** A year before which no image was built: builds that say nothing say 1970 or the year 1. */
const FIRST_YEAR = 2000;

/** Asks registries for images. */
export class Registry {
  readonly #credentials = new Map<string, Credentials | undefined>();

  constructor(private readonly env: NodeJS.ProcessEnv = process.env) {}

  /**
   * The image that a reference means now: its digest, or else its tag.
   * @throws RegistryError when there is none, or the registry does not answer.
   */
  async lookUp(image: ImageReference): Promise<RegistryImage> {
    const { host, repository } = place(image);
    const name = image.digest ?? image.tag ?? "latest";
    const login = this.#login(image);
    try {
      // Only commands that ask a registry need it.
      const client = await import("@snyk/docker-registry-v2-client");
      const [user, password] = [login?.username, login?.password];
      const options = optionsFor(host);
      const manifest = await client.getManifest(host, repository, name, user, password, {
        ...options,
        acceptManifest: ACCEPTED,
      });
      const config: unknown = await client.getImageConfig(
        host,
        repository,
        manifest.config.digest,
        user,
        password,
        options,
      );
      return describe(image, manifest, config as ImageConfig);
    } catch (error) {
      throw explained(image, name, error);
    }
  }

  #login({ registry, repository }: ImageReference): Credentials | undefined {
    const key = `${registry}/${repository}`;
    if (!this.#credentials.has(key)) {
      this.#credentials.set(key, credentialsFor(registry, repository, this.env));
    }
    return this.#credentials.get(key);
  }
}

/** What an image says of itself, as far as it is looked into here. */
interface ImageConfig {
  readonly created?: string;
  readonly config?: { readonly User?: string };
}

function describe(
  { digest: asked }: ImageReference,
  { indexDigest, manifestDigest }: types.ImageManifest,
  { created, config }: ImageConfig,
): RegistryImage {
  const digest = indexDigest ?? manifestDigest ?? asked;
  if (digest === undefined) throw new Error("the registry gave no digest");
  const built = created === undefined ? undefined : new Date(created);
  return {
    digest,
    digests: [...new Set([digest, ...(manifestDigest === undefined ? [] : [manifestDigest])])],
    ...(built !== undefined && built.getUTCFullYear() >= FIRST_YEAR && { created: built }),
    ...(config?.User !== undefined && config.User !== "" && { user: config.User }),
  };
}

/** Docker's own registry answers elsewhere than it is called, and has its official images in a folder. */
function place({ registry, repository }: ImageReference): { host: string; repository: string } {
  if (registry !== "docker.io") return { host: registry, repository };
  return {
    host: "registry-1.docker.io",
    repository: repository.includes("/") ? repository : `library/${repository}`,
  };
}

function optionsFor(host: string): ClientOptions {
  return {
    // A digest is that of the bytes as they came.
    parse_response: false,
    open_timeout: PATIENCE_MS,
    response_timeout: PATIENCE_MS,
    read_timeout: PATIENCE_MS,
    // Without encryption only on this machine.
    ...(/^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(host) && { protocol: "http:" }),
  };
}

function explained({ registry, repository }: ImageReference, name: string, error: unknown): RegistryError {
  const status = (error as { statusCode?: number }).statusCode;
  const said = error instanceof Error ? error.message : String(error);
  const where = `${registry}/${repository}`;
  if (status === 404) return new RegistryError(`${registry} has no ${name} of ${repository}`, true);
  if (status === 401 || status === 403) {
    return new RegistryError(
      `${registry} refuses to show ${repository}: log in with podman login ${registry}`,
      true,
    );
  }
  if (status === undefined) return new RegistryError(`cannot ask ${registry} for ${repository}: ${said}`);
  return new RegistryError(`${registry} answers HTTP ${status} for ${where}: ${said.slice(0, 200)}`);
}
