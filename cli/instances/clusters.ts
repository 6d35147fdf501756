import { existsSync, readdirSync } from "node:fs";

import { filesIn, parseStackName, TEST_BASES } from "../../stacks/settings";
import { hostOf } from "../../stacks/settings/merge";
import { readPlainFile } from "../../stacks/settings/plain-files";
import { isTree } from "../../stacks/settings/tree";
import { type ClusterChoice, clusterChoice } from "../cluster";
import type { ProjectPaths } from "../paths";
import { settingsFor } from "./settings";

/** A cluster that test instances run on. */
export interface InstanceCluster {
  /** What people call it. */
  readonly name: string;
  readonly choice: ClusterChoice;
  /** Whether it is the control plane of this machine. */
  readonly local: boolean;
}

/** What people call the control plane of this machine. */
export const THIS_MACHINE = "this machine";

/**
 * Every cluster that test instances of this checkout may run on: those that the settings of their bases and their own
 * name, and the control plane of this machine once it has been started.
 */
export function instanceClusters(paths: ProjectPaths): readonly InstanceCluster[] {
  const files = filesIn(paths.root);
  const hosts = new Set(TEST_BASES.map((base) => hostOf({ base })));
  const named = [...hosts, ...ownFiles(paths)].flatMap((name) => {
    const { cluster } = readPlainFile(files, name).settings;
    if (!isTree(cluster) || typeof cluster.kubeconfig !== "string") return [];
    const { kubeconfig, context } = cluster;
    const choice = { kubeconfig, ...(typeof context === "string" && { context }) };
    return [{ name: typeof context === "string" ? context : kubeconfig, choice, local: false }];
  });
  const different = new Map(named.map((one) => [JSON.stringify(one.choice), one]));
  return [...different.values(), ...(existsSync(paths.kubeconfig) ? [local(paths)] : [])];
}

/**
 * The cluster that an instance runs on, by its name and settings.
 *
 * @throws SettingsError when the name is none of a test instance.
 * @throws Error when it is on this machine and nothing runs there.
 */
export function clusterOfInstance(paths: ProjectPaths, name: string): InstanceCluster {
  // Where it is can be said even when other settings are wrong, or its file is with somebody else.
  const settings = settingsFor(paths, name);
  if (settings?.cluster !== undefined) {
    const { kubeconfig, context } = settings.cluster;
    return { name: context, choice: { kubeconfig, context }, local: false };
  }
  if (!existsSync(paths.kubeconfig))
    throw new Error(`there is no ${name}: nothing has been deployed on this machine`);
  return local(paths);
}

function local(paths: ProjectPaths): InstanceCluster {
  return { name: THIS_MACHINE, choice: clusterChoice(paths, undefined), local: true };
}

/** Names of the test instances that have a settings file here. */
function ownFiles({ root }: ProjectPaths): readonly string[] {
  return readdirSync(root).flatMap((file) => {
    const name = /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
    return name !== undefined && isTestInstance(name) ? [name] : [];
  });
}

function isTestInstance(name: string): boolean {
  try {
    return parseStackName(name).kind === "test-instance";
  } catch {
    return false;
  }
}
