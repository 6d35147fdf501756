import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { pathToFileURL } from "node:url";

import { readToolchain } from "../tools/setup/toolchain";
import { type Login, readLogin } from "./login";
import type { ProjectPaths } from "./paths";

/** Variables under which `pulumi` works on this checkout. */
export type Environment = Record<string, string>;

/**
 * The environment of every `pulumi` command: the engine that set-up chose, the project's own plugins, and where the
 * state is: what the caller's own variables say, else what `packit-stacks login` has remembered, else under `.local/`.
 *
 * @param local - Use the backend under `.local/` whatever the caller has: for what runs on this machine.
 * @throws ToolchainMissing when `make setup` has not run.
 * @throws Error when the remembered login cannot be read.
 */
export function pulumiEnvironment(
  paths: ProjectPaths,
  local: boolean,
  caller: NodeJS.ProcessEnv = process.env,
): Environment {
  return { ...toolEnvironment(paths, caller), ...stateEnvironment(paths, local, caller) };
}

/**
 * The engine that set-up chose, and the project's own plugins.
 *
 * @throws ToolchainMissing when `make setup` has not run.
 */
export function toolEnvironment(paths: ProjectPaths, caller: NodeJS.ProcessEnv = process.env): Environment {
  const { pulumi, pulumiHome, kubernetesBin, plugins } = readToolchain(paths.root);
  return {
    PATH: [...new Set([dirname(pulumi), kubernetesBin, ...(caller.PATH ?? "").split(delimiter)])].join(
      delimiter,
    ),
    PULUMI_HOME: pulumiHome,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // An official plugin beside stand-ins would not understand their state.
    ...(plugins === "stand-in" && { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }),
  };
}

/** The login that commands follow; undefined where the caller's own variables or the local state count. */
export function activeLogin(
  paths: ProjectPaths,
  local: boolean,
  caller: NodeJS.ProcessEnv = process.env,
): Login | undefined {
  return local || caller.PULUMI_BACKEND_URL !== undefined ? undefined : readLogin(paths.login);
}

function stateEnvironment(paths: ProjectPaths, local: boolean, caller: NodeJS.ProcessEnv): Environment {
  const login = activeLogin(paths, local, caller);
  if (login !== undefined) return loginEnvironment(login, caller);
  const environment: Environment = {};
  if (local || caller.PULUMI_BACKEND_URL === undefined) {
    mkdirSync(paths.state, { recursive: true });
    // Without files of attributes beside the state: one that a killed engine left half written spoils the stack.
    environment.PULUMI_BACKEND_URL = `${pathToFileURL(paths.state).href}?metadata=skip`;
  }
  if (local || !hasPassphrase(caller)) {
    makePassphrase(paths.passphrase);
    environment.PULUMI_CONFIG_PASSPHRASE_FILE = paths.passphrase;
  }
  return environment;
}

/** Without a passphrase in a file the engine asks for it, or takes the caller's. */
export function loginEnvironment(
  { backend, passphraseFile }: Login,
  caller: NodeJS.ProcessEnv = process.env,
): Environment {
  const fromFile = passphraseFile !== undefined && !hasPassphrase(caller);
  return {
    PULUMI_BACKEND_URL: backend,
    ...(fromFile && { PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile }),
  };
}

/** Lines for a shell's `eval`. Values hold no secret, only places. */
export function shellExports(environment: Environment): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`)
    .join("\n");
}

function hasPassphrase(caller: NodeJS.ProcessEnv): boolean {
  return caller.PULUMI_CONFIG_PASSPHRASE !== undefined || caller.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined;
}

/** The key of the local state's secrets: made once, readable by its owner only. */
function makePassphrase(file: string): void {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
}
