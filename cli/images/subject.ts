import { existsSync } from "node:fs";

import {
  checkSettingsFiles,
  filesIn,
  type ImageUse,
  loadSettings,
  type PackitStackName,
  parseStackName,
  requirePackit,
  type Settings,
  type StackName,
} from "../../stacks/settings";
import { nearest } from "../../stacks/settings/nearest";
import { readPlainFile } from "../../stacks/settings/plain-files";
import { settingKey } from "../../stacks/settings/tree";
import { type Cluster, clusterChoice, connect } from "../cluster";
import type { ProjectPaths } from "../paths";

/** The stack whose images a command looks at. */
export interface ImageSubject {
  readonly paths: ProjectPaths;
  readonly stack: StackName;
  /** Value of the label by which its objects are known. */
  readonly instance: string;
  readonly settings: Pick<Settings, "cluster" | "imageUses" | "namespace"> & {
    /** When images that follow the schedule are imported; absent: none do. */
    readonly imageSchedule?: string;
  };
  /** Whether it is on the control plane of this machine. */
  readonly local: boolean;
}

/** A stack of Packit. */
export interface PackitImageSubject extends ImageSubject {
  readonly stack: PackitStackName;
  readonly settings: Settings;
}

/** @throws SettingsError when the name or a setting is wrong. */
export async function imagesOf(paths: ProjectPaths, name: string, trial: boolean): Promise<ImageSubject> {
  const stack = parseStackName(name);
  if (stack.program === "packit") return imageSubject(paths, name, trial);
  const { isLocal, readCoprFile } = await import("../../stacks/settings/copr/files.js");
  const files = filesIn(paths.root);
  const { imageUses } = readCoprFile(stack, files, true).settings;
  // Production lacks digests until these commands have written them.
  const unpinned = imageUses.map(({ path }) => settingKey([...path, "source"]));
  const file = readCoprFile(stack, files, trial, unpinned);
  const { settings } = file;
  return { paths, stack, instance: settings.instance, local: isLocal(file, trial), settings };
}

/**
 * The same, for what only stacks of Packit have.
 * @throws SettingsError when the name or a setting is wrong.
 */
export function imageSubject(paths: ProjectPaths, name: string, trial: boolean): PackitImageSubject {
  const stack = requirePackit(parseStackName(name));
  const { local } = checkSettingsFiles(stack, paths.root, trial);
  const files = filesIn(paths.root);
  const { settings: values } = readPlainFile(files, name);
  const settings = loadSettings(stack, { values, secretKeys: new Set() }, files, { local: trial });
  return { paths, stack, instance: stack.name, settings, local };
}

/**
 * The cluster that the stack runs on.
 * @throws Error when it cannot be said which, or it is not there.
 */
export async function clusterOf({ paths, settings, local, stack }: ImageSubject): Promise<Cluster> {
  if (local && !existsSync(paths.kubeconfig)) {
    throw new Error(`${stack.name} runs nowhere yet: make up STACK=${stack.name}`);
  }
  return connect(clusterChoice(paths, settings.cluster));
}

/** The one image that goes by a name. @throws Error with the names that there are. */
export function imageNamed({ stack, settings }: ImageSubject, name: string): ImageUse {
  const found = settings.imageUses.find(({ use }) => use === name);
  if (found !== undefined) return found;
  const known = settings.imageUses.map(({ use }) => use);
  const meant = nearest(name, known);
  throw new Error(
    `${stack.name} has no image ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}\n` +
      `its images: ${known.join(", ")}`,
  );
}
