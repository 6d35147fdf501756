import { existsSync } from "node:fs";

import { connect } from "../cluster";
import type { ProjectPaths } from "../paths";
import { trackedFile } from "../stack-files";
import { hasStack } from "../stacks-here";
import { clusterOfInstance } from "./clusters";
import { openControl } from "./leases/control";
import { stackOfNamespace } from "./reap/candidate";
import { leftOf } from "./reap/left";
import { namespacesOf } from "./reap/look";
import { settingsFor } from "./settings";

/**
 * Whether there is surely nothing of a test instance: no settings file, no stack, no lease and no namespace. In doubt
 * there is.
 *
 * @throws SettingsError when the name is none of a test instance.
 */
export async function isNowhere(paths: ProjectPaths, name: string): Promise<boolean> {
  const settings = settingsFor(paths, name);
  if (settings === undefined || existsSync(trackedFile(paths, name))) return false;
  const local = settings.cluster === undefined;
  try {
    if (await hasStack(paths, name, local)) return false;
    if (local && !existsSync(paths.kubeconfig)) return true;
    const cluster = await connect(clusterOfInstance(paths, name).choice);
    const [leases, namespaces] = await Promise.all([
      openControl(cluster).leftOf(name),
      namespacesOf(cluster),
    ]);
    return leases.length === 0 && !namespaces.some((one) => stackOfNamespace(one)?.name === name);
  } catch {
    // Whoever destroys it is told why it cannot be found out.
    return false;
  }
}

/** What there is of a test instance, a name each. @throws Error when its cluster or its state cannot be asked. */
export async function remainsOf(paths: ProjectPaths, name: string): Promise<readonly string[]> {
  const { choice, local } = clusterOfInstance(paths, name);
  const cluster = await connect(choice);
  const [leases, known] = await Promise.all([
    openControl(cluster).leftOf(name),
    hasStack(paths, name, local),
  ]);
  return leftOf(paths, name, cluster, { leases, hasStack: known });
}
