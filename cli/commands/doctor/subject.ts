import { lookup } from "node:dns/promises";

import { clusterStatus } from "../../../local/cluster";
import { filesIn, parseStackName, type StackName } from "../../../stacks/settings";
import { readPlainFile } from "../../../stacks/settings/plain-files";
import { type Cluster, clusterChoice, connect } from "../../cluster";
import type { Environment } from "../../environment";
import { checkFiles } from "../../file-check";
import { isAlive } from "../../interrupted";
import { locksOf } from "../../locks";
import type { ProjectPaths } from "../../paths";
import { type PlannedObject, plannedObjects } from "../../planned";
import { stackEnvironment } from "../../session";
import type { AnySettings } from "../../settings-of";
import { localFile, trackedFile } from "../../stack-files";
import type { ClusterFacts } from "./checks/cluster";
import type { LockFacts } from "./checks/lock";
import type { StackFacts } from "./checks/stack";
import { described, loadAny, storedSecrets } from "./settings";
import { readStored } from "./stored";

/** A stack, as the checks look at it. */
export interface Subject {
  readonly local: boolean;
  readonly environment: Environment;
  readonly stack: StackFacts;
  readonly lock: LockFacts;
  readonly cluster: ClusterFacts;
}

/**
 * @param trial - A shared environment on the local control plane (`LOCAL=1`).
 * @throws SettingsError when there can be no stack of that name.
 */
export async function subjectOf(paths: ProjectPaths, name: string, trial: boolean): Promise<Subject> {
  const stack = parseStackName(name);
  const local = await isLocal(stack, paths.root, trial);
  const environment = stackEnvironment(paths, stack, local);
  const file = local && stack.kind === "environment" ? localFile(paths, name) : trackedFile(paths, name);
  const stored = once(() => readStored(environment, paths.root, name, file));
  const files = filesIn(paths.root);
  const settings = once(async () => {
    await checkFiles(stack, paths.root, trial);
    // An encrypted setting, such as a kubeconfig's contents, is known only to who can decrypt it.
    const config = (await stored().catch(() => undefined)) ?? {
      values: readPlainFile(files, name).settings,
      secretKeys: new Set<string>(),
    };
    return loadAny(stack, config, files, trial);
  });
  return {
    local,
    environment,
    stack: {
      stack: name,
      settings: async () => described(await settings()),
      stored: async () => {
        const config = await stored();
        return config && storedSecrets(await settings(), config);
      },
      now: Date.now(),
    },
    lock: {
      stack: name,
      locks: () => locksOf(environment, paths.root, name),
      isAlive,
      now: Date.now(),
    },
    cluster: clusterFacts(paths, stack, local, settings),
  };
}

function clusterFacts(
  paths: ProjectPaths,
  { name, deployment }: StackName,
  local: boolean,
  settings: () => Promise<AnySettings>,
): ClusterFacts {
  return {
    stack: name,
    local,
    running: async () => (await clusterStatus(paths.cluster)).state !== "stopped",
    durable: deployment !== "dev",
    cluster: once(async (): Promise<Cluster> => {
      const { cluster } = await settings();
      return connect(clusterChoice(paths, local ? undefined : cluster));
    }),
    objects: once(async (): Promise<readonly PlannedObject[]> =>
      plannedObjects(await settings(), paths.root),
    ),
    publicHosts: async () => Object.values<string>({ ...described(await settings()).hosts }),
    lookup: (host) => lookup(host),
    now: () => Date.now(),
  };
}

/** Where a stack goes; when its settings are wrong, the check of them says so. */
async function isLocal(stack: StackName, root: string, trial: boolean): Promise<boolean> {
  try {
    return (await checkFiles(stack, root, trial)).local;
  } catch {
    return trial;
  }
}

/** Does the work once, when it is first asked for. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => (running ??= work());
}
