import { existsSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import { startCluster } from "../local/cluster";
import { parseStackName, type StackName } from "../stacks/settings";
import type { ClusterChoice } from "./cluster";
import { activeLogin, type Environment, pulumiEnvironment } from "./environment";
import { checkFiles } from "./file-check";
import { clearInterrupted } from "./interrupted";
import type { ProjectPaths } from "./paths";
import { progress } from "./report";
import { refreshLocalFile } from "./stack-files";

/** A stack that a command works on, checked and ready. */
export interface Session {
  readonly paths: ProjectPaths;
  readonly stack: StackName;
  /** Runs on the control plane of this machine. */
  readonly local: boolean;
  /** Where else it runs. Absent on this machine, and where only the engine can read it. */
  readonly cluster?: ClusterChoice;
  readonly environment: Environment;
  /** Namespace of its services. */
  readonly namespace: string;
  /** Public addresses of what it has, by name. */
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * Checks a stack's name and settings, then gets ready what `pulumi` needs: the local control plane when the settings
 * name no cluster, the backend, and the stack itself.
 *
 * @param trial - Run a shared environment (stg, prod) on the local control plane (`LOCAL=1`).
 * @throws SettingsError before anything is touched when the name or a setting is wrong.
 */
export async function openSession(paths: ProjectPaths, name: string, trial: boolean): Promise<Session> {
  const stack = parseStackName(name);
  const { local, cluster, namespace, addresses } = await checkFiles(stack, paths.root, trial);
  const environment = stackEnvironment(paths, stack, local);
  clearInterrupted(paths, name).forEach(progress);
  if (local) {
    const { started, port } = await startCluster(paths.cluster, { onProgress: progress });
    if (started) progress(`the local control plane listens on 127.0.0.1:${port}`);
  }
  await ensureStack(paths, stack, environment, local);
  return {
    paths,
    stack,
    local,
    ...(cluster !== undefined && { cluster }),
    environment,
    namespace,
    addresses,
  };
}

/** The variables under which `pulumi` works on a stack. */
export function stackEnvironment(paths: ProjectPaths, stack: StackName, local: boolean): Environment {
  const environment = pulumiEnvironment(paths, local);
  if (!local) return environment;
  environment.LOCAL = "1";
  if (stack.kind === "environment") {
    environment.PULUMI_OPTION_CONFIG_FILE = refreshLocalFile(paths, stack.name);
  }
  return environment;
}

/** Makes the stack when it is not there. A local environment's salt goes into its local file, not the tracked one. */
export async function ensureStack(
  paths: ProjectPaths,
  { name, kind }: StackName,
  environment: Environment,
  local: boolean,
): Promise<void> {
  const files = join(paths.state, ".pulumi", "stacks", "packit");
  if (local && existsSync(join(files, `${name}.json`))) return;
  const provider = activeLogin(paths, local)?.secretsProvider;
  const args = local
    ? ["stack", "init", name, "--no-select"]
    : [
        "stack",
        "select",
        name,
        "--create",
        ...(provider === undefined ? [] : ["--secrets-provider", provider]),
      ];
  // The engine writes the settings file of a new stack beside the Pulumi.yaml that it finds.
  const cwd = local && kind === "environment" ? paths.stacks : paths.root;
  await execa("pulumi", [...args, "--non-interactive"], { cwd, env: environment, stdin: "ignore" });
}
