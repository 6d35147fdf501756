import { existsSync } from "node:fs";

import { filesIn, parseStackName, SettingsError } from "../../stacks/settings";
import { examineCoprSettings } from "../../stacks/settings/copr/load";
import { refuse } from "../../stacks/settings/errors";
import type { CoprStackName } from "../../stacks/settings/names";
import { readPlainFile } from "../../stacks/settings/plain-files";
import { settingKey } from "../../stacks/settings/tree";
import { type Cluster, clusterChoice, connect } from "../cluster";
import { imageSubject } from "../images/subject";
import type { ProjectPaths } from "../paths";

/** The stack whose backups a command looks after. */
export interface DatabaseSubject {
  readonly name: string;
  readonly namespace: string;
  /** Whether it keeps backups at all. */
  readonly keepsBackups: boolean;
  /** Whether they can be read outside the cluster alone. */
  readonly encrypted: boolean;
  /** Absent: the control plane of this machine. */
  readonly cluster?: { readonly kubeconfig: string; readonly context?: string };
}

/**
 * @param trial - A shared environment on the local control plane.
 * @throws SettingsError when the name or a setting is wrong.
 */
export function databaseSubject(paths: ProjectPaths, name: string, trial: boolean): DatabaseSubject {
  const stack = parseStackName(name);
  if (stack.program === "copr") return coprSubject(paths, stack, trial);
  const { settings, local } = imageSubject(paths, name, trial);
  const { backup, cluster, namespace } = settings;
  return {
    name,
    namespace,
    keepsBackups: backup.enabled,
    encrypted: false,
    ...(!local && cluster !== undefined && { cluster }),
  };
}

function coprSubject(paths: ProjectPaths, stack: CoprStackName, trial: boolean): DatabaseSubject {
  const { settings: values, encrypted } = readPlainFile(filesIn(paths.root), stack.name);
  const { settings, findings } = examineCoprSettings(
    stack,
    { values, secretKeys: new Set() },
    { local: trial },
  );
  // What is encrypted is taken on trust.
  const unknown = new Set(encrypted.map(settingKey));
  refuse(
    stack.name,
    findings.filter(({ key }) => !unknown.has(key)),
  );
  if (settings === undefined) throw new SettingsError(stack.name, findings);
  const { backup, cluster, namespace } = settings;
  return {
    name: stack.name,
    namespace,
    keepsBackups: backup.enabled,
    encrypted: backup.recipient !== undefined,
    ...(cluster !== undefined && { cluster }),
  };
}

/**
 * The cluster that the stack runs on.
 *
 * @throws Error when it is not there.
 */
export async function databaseCluster(paths: ProjectPaths, subject: DatabaseSubject): Promise<Cluster> {
  const { cluster, name } = subject;
  if (cluster === undefined && !existsSync(paths.kubeconfig))
    throw new Error(`${name} runs nowhere yet: make up STACK=${name}`);
  return connect(clusterChoice(paths, cluster));
}
