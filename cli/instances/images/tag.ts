import { createHash } from "node:crypto";

import { containerfileOf } from "./containerfile";
import type { BaseImage, ResolvedReference } from "./model";

/** Counted up whenever the same inputs would be built in another way. */
const GENERATOR = 1;

/** Digits of a tag: enough that no two of all images ever built are the same. */
const DIGITS = 20;

/** What the Dockerfile of a repository is built from. */
export interface RepositoryInputs {
  readonly source: Pick<ResolvedReference, "repository" | "commit">;
  readonly dockerfile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** Digest of the image that the Dockerfile begins with, where that is known. */
  readonly foundation?: string;
}

/** What a layer is made of. */
export interface LayerInputs {
  readonly packages: readonly string[];
  /** What it goes on: an image, or the tag of the step before it. */
  readonly on: BaseImage | string;
}

/**
 * Content address of a repository's image. A commit says all of the code, so it does not matter by which pull request,
 * branch or fork somebody came to it.
 */
export function repositoryTag(name: string, { source, dockerfile, buildArgs, foundation }: RepositoryInputs) {
  return addressOf([
    "repository",
    name,
    source.repository,
    source.commit,
    dockerfile,
    Object.entries(buildArgs).sort(([a], [b]) => (a < b ? -1 : 1)),
    foundation ?? "",
  ]);
}

/** Content address of a layer's image. */
export function layerTag(name: string, { packages, on }: LayerInputs): string {
  const base = typeof on === "string" ? { reference: on } : on;
  return addressOf(["layer", name, containerfileOf(packages, base)]);
}

function addressOf(inputs: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify([GENERATOR, ...inputs]))
    .digest("hex")
    .slice(0, DIGITS);
}
