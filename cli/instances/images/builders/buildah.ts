import { parseImage } from "../../../../stacks/settings";
import type { BuildStep } from "../model";

/** What a builder has of a step before it builds: paths as buildah sees them. */
export interface BuildahPlace {
  /** Where images are built: storage, before the command. */
  readonly storage: readonly string[];
  /** Folder of the code; empty for a layer. */
  readonly context: string;
  /** File with a layer's Containerfile. */
  readonly containerfile: string;
  /** What a layer goes on. */
  readonly base?: string | undefined;
}

/** What buildah calls the image of a step until it is pushed. */
export function localName({ name, tag }: BuildStep): string {
  return `localhost/${name}:${tag}`;
}

/** Tells buildah to build a step. */
export function buildCommand(
  step: BuildStep,
  { storage, context, containerfile, base }: BuildahPlace,
): string[] {
  const isLayer = step.kind === "layer";
  return [
    ...storage,
    "build",
    // A RUN is a process like the builder's own: it gets no rights that the builder has not.
    "--isolation=chroot",
    "--layers=false",
    ...tlsOf(base ?? ""),
    `--file=${isLayer ? containerfile : `${context}/${step.dockerfile}`}`,
    ...(isLayer ? [] : Object.entries(step.buildArgs).map(([key, value]) => `--build-arg=${key}=${value}`)),
    `--tag=${localName(step)}`,
    "--",
    context,
  ];
}

/** Tells buildah to push the image of a step. */
export function pushCommand(
  step: BuildStep,
  registry: string,
  { storage, digestFile, authFile }: Pick<BuildahPlace, "storage"> & PushFiles,
): string[] {
  return [
    ...storage,
    "push",
    `--digestfile=${digestFile}`,
    ...(authFile === undefined ? [] : [`--authfile=${authFile}`]),
    ...tlsOf(registry),
    "--",
    localName(step),
    `docker://${registry}/${step.name}:${step.tag}`,
  ];
}

/** Files of a push. */
export interface PushFiles {
  /** Where the digest is written that the registry then has. */
  readonly digestFile: string;
  /** Logins, as `podman login` writes them. @default those of the user */
  readonly authFile?: string;
}

/** Without encryption only on this machine. */
function tlsOf(place: string): readonly string[] {
  return /^(?:localhost|127\.0\.0\.1):\d+(?:\/|$)/.test(place) ? ["--tls-verify=false"] : [];
}

/** The reference of what a step makes in a registry, by its tag. */
export function referenceIn(registry: string, { name, tag }: BuildStep) {
  const image = parseImage(`${registry}/${name}:${tag}`);
  if (image === undefined) throw new Error(`${registry} is no registry`);
  return image;
}
