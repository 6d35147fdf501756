import type { Reference } from "../../../stacks/settings/references";

/** Images that code of a repository goes into, as `packit:images` calls them. */
export const BUILT_IMAGES = [
  "service",
  "worker",
  "fedmsg",
  "centosmsg",
  "dashboard",
  "tokman",
  "sandcastle",
] as const;

export type BuiltImage = (typeof BUILT_IMAGES)[number];

/** A reference and what it means now. */
export interface ResolvedReference extends Reference {
  /** Address of the repository, or of the fork. */
  readonly url: string;
  /** Where the commit is reached from: a full reference such as `refs/pull/614/head`, or the commit itself. */
  readonly gitRef: string;
  /** All 40 digits. */
  readonly commit: string;
}

/** An image that a build begins with. */
export interface BaseImage {
  /** With its digest. */
  readonly reference: string;
  /** User that it runs as; absent: root. */
  readonly user?: string;
}

/** The base that a layer cannot be without. */
export function requiredBase(base: BaseImage | undefined): BaseImage {
  if (base === undefined) throw new Error("a layer has nothing that it goes on");
  return base;
}

/** Builds the Dockerfile of a repository. */
export interface RepositoryStep {
  readonly kind: "repository";
  /** Name of the image's repository, such as `packit-worker`. */
  readonly name: string;
  /** Content address: the same for the same inputs, whoever builds. */
  readonly tag: string;
  readonly source: ResolvedReference;
  /** Path in the repository. */
  readonly dockerfile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
}

/** Installs Python packages at exact commits on top of an image. */
export interface LayerStep {
  readonly kind: "layer";
  readonly name: string;
  readonly tag: string;
  /** Absent: what the step before it made. */
  readonly base?: BaseImage;
  /** What is installed, as `git+<address>@<commit>`. */
  readonly packages: readonly string[];
}

export type BuildStep = RepositoryStep | LayerStep;

/** How one image is made: each step begins with what the one before it made, the last makes the image. */
export interface ImageBuild {
  readonly image: BuiltImage;
  readonly steps: readonly [BuildStep, ...BuildStep[]];
}

/** What is to be built, at most once an image. */
export type ImagePlan = readonly ImageBuild[];

/** How a build went wrong. */
export class BuildError extends Error {
  override readonly name = "BuildError";

  /** @param log - The last lines that it wrote. */
  constructor(
    message: string,
    readonly log: readonly string[],
  ) {
    super([message, ...log.map((line) => `  ${line}`)].join("\n"));
  }
}

export interface BuildOptions {
  /** Told what happens. */
  readonly onProgress: (line: string) => void;
  /** Told of each image that was built before. */
  readonly onFound?: (image: BuiltImage) => void;
  /** Ends a build that goes on on this machine. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two looks at a build. @default 2000 */
  readonly lookMs?: number;
}

/** Where images are built and kept. */
export interface Builder {
  /** Reference with digest of what a step makes, when that is there already. */
  find(step: BuildStep): Promise<string | undefined>;
  /**
   * Makes it; a build of the same step that runs already is waited for.
   *
   * @param base - What a layer goes on.
   * @returns Reference with digest.
   * @throws BuildError with the last lines of its log.
   */
  build(step: BuildStep, base: BaseImage | undefined, options: BuildOptions): Promise<string>;
  /** User that an image of this builder runs as; undefined: root. */
  userOf(reference: string): Promise<string | undefined>;
}
