import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { writePrivately } from "../../local/cluster/files";
import { withLock } from "../process/lock";
import { cacheFolder, prune, usedFolders } from "./cache";
import { ensureDefinitions, hasSchemas } from "./definitions";
import { buildEngine, type Engine, findCachedEngine, findEngine, installEngine } from "./engine";
import { ensureKubernetes, hasKubernetes } from "./kubernetes";
import { choosePlugins, installOfficial, installStandIns, neededPlugins } from "./plugins";
import { localFolder, projectRoot } from "./project";
import { checkRequirements } from "./requirements";
import { ensureStages, hasStages } from "./stages";
import { claimState, pluginsOfState, StateMismatch } from "./state";
import { findToolchain, type PluginKind, type Toolchain, toolchainPath } from "./toolchain";
import { kubernetesVersion } from "./versions";

/** How long to wait for another clone's set-up that is building, in milliseconds. */
const buildWaitMs = 30 * 60 * 1000;

/** Finds, installs or builds everything that the project's commands need, and records where it is. */
async function main(): Promise<void> {
  const root = projectRoot();
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true });
  const onWait = (): void => {
    say("another set-up is at work: waiting for it");
  };
  await withLock(join(cache, "lock"), () => setUp(root, cache), { waitMs: buildWaitMs, onWait });
}

async function setUp(root: string, cache: string): Promise<void> {
  const offline = isSet(process.env.PACKIT_OFFLINE);
  const state = join(localFolder(root), "state");
  const choice = choosePlugins({ forced: process.env.PACKIT_PLUGINS, offline, state: pluginsOfState(state) });
  if (choice !== "either" && (pluginsOfState(state) ?? choice) !== choice) {
    // Before minutes are spent on building.
    throw new StateMismatch(state, pluginsOfState(state) ?? choice, choice);
  }
  const found = await findEngine();
  if (found.rejected !== undefined) {
    say(`${found.rejected}: not used`);
  }
  const known = found.engine ?? findCachedEngine(root, cache);
  const fetched = hasKubernetes(root, cache) && hasSchemas(root, cache) && hasStages(root, cache);
  const builds = !fetched || (known === undefined && offline);
  await checkRequirements(builds);
  const engine = known ?? (await getEngine(root, cache, offline));
  const kubernetesBin = await ensureKubernetes(root, cache);
  const kwokStages = await ensureStages(root, cache);
  const definitions = await ensureDefinitions(root, cache);
  const pulumiHome = join(localFolder(root), "pulumi-home");
  const plugins = await getPlugins(root, engine, pulumiHome, choice, offline);
  claimState(state, plugins);
  const toolchain: Toolchain = {
    ...engine,
    plugins,
    pulumiHome,
    kubernetesBin,
    kwokStages,
    definitions,
    cacheDir: cache,
    cached: usedFolders(),
  };
  writePrivately(toolchainPath(root), `${JSON.stringify(toolchain, undefined, 2)}\n`);
  if (findToolchain(root) === undefined) {
    throw new Error(`set-up is incomplete: something that ${toolchainPath(root)} names is not there`);
  }
  for (const folder of prune(cache)) {
    say(`removed ${folder}: no clone has used it for two months`);
  }
  report(root, toolchain);
}

async function getEngine(root: string, cache: string, offline: boolean): Promise<Engine> {
  if (!offline) {
    try {
      return await installEngine(root, cache);
    } catch (error) {
      say(`the official Pulumi cannot be had (${firstLine(error)}): building it`);
    }
  }
  await checkRequirements(true);
  return await buildEngine(root, cache);
}

async function getPlugins(
  root: string,
  { pulumi }: Engine,
  home: string,
  choice: PluginKind | "either",
  offline: boolean,
): Promise<PluginKind> {
  const needs = neededPlugins(root);
  mkdirSync(home, { recursive: true });
  if (choice !== "stand-in") {
    try {
      await installOfficial(pulumi, home, needs, offline);
      return "official";
    } catch (error) {
      if (choice === "official") {
        throw new Error(`the official plugins cannot be had: ${firstLine(error)}`, { cause: error });
      }
      say(`the official plugins cannot be had (${firstLine(error)}): using the stand-ins`);
    }
  }
  await installStandIns(root, pulumi, home, needs);
  return "stand-in";
}

function report(
  root: string,
  { pulumi, pulumiVersion, pulumiSource, plugins, kubernetesBin }: Toolchain,
): void {
  const origins = { path: "found on PATH", installed: "official release", built: "built from Go modules" };
  const names = neededPlugins(root).map(({ name, version }) => `${name} ${version}`);
  say(`pulumi ${pulumiVersion}, ${origins[pulumiSource]}: ${pulumi}`);
  say(`${plugins} plugins: ${names.join(", ")}`);
  say(`local control plane: Kubernetes ${kubernetesVersion}, ${kubernetesBin}`);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0";
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n").at(-1) ?? "";
}

function say(line: string): void {
  console.log(line);
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
