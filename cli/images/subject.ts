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
} from "../../stacks/settings";
import { nearest } from "../../stacks/settings/nearest";
import { readPlainFile } from "../../stacks/settings/plain-files";
import { type Cluster, clusterChoice, connect } from "../cluster";
import type { ProjectPaths } from "../paths";

/** The stack whose images a command looks at. */
export interface ImageSubject {
  readonly paths: ProjectPaths;
  readonly stack: PackitStackName;
  readonly settings: Settings;
  /** Whether it is on the control plane of this machine. */
  readonly local: boolean;
}

/** @throws SettingsError when the name or a setting is wrong. */
export function imageSubject(paths: ProjectPaths, name: string, trial: boolean): ImageSubject {
  const stack = requirePackit(parseStackName(name));
  const { local } = checkSettingsFiles(stack, paths.root, trial);
  const files = filesIn(paths.root);
  const { settings: values } = readPlainFile(files, name);
  const settings = loadSettings(stack, { values, secretKeys: new Set() }, files, { local: trial });
  return { paths, stack, settings, local };
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
