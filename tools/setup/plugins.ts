import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { CommandFailed, run } from "./command";
import { downloads } from "./engine";
import { showProgress } from "./progress";
import { localFolder } from "./project";
import type { PluginKind } from "./toolchain";

/** A plugin that the programs need. */
export interface PluginNeed {
  readonly name: string;
  /** That of the npm package, which names the plugin's version to the engine. */
  readonly version: string;
}

/** How long one official plugin may take, in milliseconds, once the server has answered. */
const installTimeoutMs = 180_000;

/** The plugins of this project: one for each stand-in that it has. */
export function neededPlugins(root: string): readonly PluginNeed[] {
  const folder = join(root, "local", "plugins");
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "main.ts")))
    .sort()
    .map((name) => {
      const manifest = readFileSync(join(root, "node_modules", "@pulumi", name, "package.json"), "utf8");
      return { name, version: (JSON.parse(manifest) as { version: string }).version };
    });
}

/** What decides which plugins are used. */
export interface PluginChoice {
  /** `PACKIT_PLUGINS` */
  readonly forced: string | undefined;
  /** `PACKIT_OFFLINE` is set: nothing is to be downloaded but from package registries. */
  readonly offline: boolean;
  /** Kind that the existing stacks were made with. */
  readonly state: PluginKind | undefined;
}

/**
 * Which plugins to try: `official` and `stand-in` mean that kind or an error, `either` the official ones where they
 * can be had. Without a word from the user, existing stacks keep what they were made with.
 * @throws Error on an unknown value of `PACKIT_PLUGINS`
 */
export function choosePlugins({ forced, offline, state }: PluginChoice): PluginKind | "either" {
  if (forced === "official" || forced === "stand-in") {
    return forced;
  }
  if (forced !== undefined && forced !== "") {
    throw new Error(
      `PACKIT_PLUGINS is ${JSON.stringify(forced)}: set it to "official" or "stand-in", or leave it unset`,
    );
  }
  return state ?? (offline ? "stand-in" : "either");
}

/**
 * Puts the official plugins into `home`: those that the user has installed already, else downloaded.
 * @throws CommandFailed when one of them cannot be had
 */
export async function installOfficial(
  pulumi: string,
  home: string,
  needs: readonly PluginNeed[],
  offline: boolean,
): Promise<void> {
  const missing = needs.filter((need) => !isInstalled(home, need, "official") && !adopt(home, need));
  if (missing.length === 0) {
    return;
  }
  if (offline) {
    throw new CommandFailed("nothing is downloaded while PACKIT_OFFLINE is set");
  }
  await run("curl", [
    "--silent",
    "--show-error",
    "--head",
    "--connect-timeout",
    "3",
    "--max-time",
    "6",
    downloads,
  ]);
  for (const { name, version } of missing) {
    const progress = showProgress(`downloading plugin ${name} ${version}`);
    try {
      removeInstalled(home, name);
      await run(pulumi, ["plugin", "install", "resource", name, version], {
        env: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
        timeoutMs: installTimeoutMs,
      });
      mark(home, { name, version }, "official");
      progress.done("installed");
    } catch (error) {
      progress.done("not to be had");
      throw error;
    }
  }
}

/** Installs the stand-ins into `home`. Each is a launcher of the bundle in `.local/build`, so a new bundle needs nothing. */
export async function installStandIns(
  root: string,
  pulumi: string,
  home: string,
  needs: readonly PluginNeed[],
): Promise<void> {
  for (const need of needs) {
    const bundle = join(localFolder(root), "build", "plugins", `pulumi-resource-${need.name}.js`);
    if (!existsSync(bundle)) {
      throw new Error(`${bundle} is missing: run \`make build\``);
    }
    const launcher = launcherOf(bundle);
    const kind = `stand-in ${createHash("sha256").update(launcher).digest("hex").slice(0, 12)}`;
    if (isInstalled(home, need, kind)) {
      continue;
    }
    const folder = join(localFolder(root), "build", "launchers");
    const file = join(folder, `pulumi-resource-${need.name}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, launcher);
    chmodSync(file, 0o755);
    removeInstalled(home, need.name);
    await run(
      pulumi,
      ["plugin", "install", "resource", need.name, need.version, "--file", file, "--reinstall"],
      {
        env: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
      },
    );
    mark(home, need, kind);
  }
}

/** The engine runs this; it becomes the plugin's process, so that a signal to it reaches the plugin. */
export function launcherOf(bundle: string): string {
  return `#!/bin/sh\nexec node '${bundle.replaceAll("'", `'\\''`)}' "$@"\n`;
}

/** Takes over a plugin that the user's own Pulumi has installed. */
function adopt(home: string, need: PluginNeed): boolean {
  const own = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  const source = join(own, "plugins", folderName(need));
  if (
    own === home ||
    !existsSync(join(source, `pulumi-resource-${need.name}`)) ||
    existsSync(`${source}.partial`)
  ) {
    return false;
  }
  removeInstalled(home, need.name);
  cpSync(source, join(home, "plugins", folderName(need)), { recursive: true });
  mark(home, need, "official");
  return true;
}

function isInstalled(home: string, need: PluginNeed, kind: string): boolean {
  const folder = join(home, "plugins", folderName(need));
  try {
    return (
      existsSync(join(folder, `pulumi-resource-${need.name}`)) &&
      readFileSync(markOf(home, need), "utf8") === kind
    );
  } catch {
    return false;
  }
}

/** Removes every version, so that the engine has one to choose from. */
function removeInstalled(home: string, name: string): void {
  const folder = join(home, "plugins");
  for (const entry of existsSync(folder) ? readdirSync(folder) : []) {
    if (entry.startsWith(`resource-${name}-v`)) {
      rmSync(join(folder, entry), { recursive: true, force: true });
    }
  }
}

function mark(home: string, need: PluginNeed, kind: string): void {
  mkdirSync(join(home, "kinds"), { recursive: true });
  writeFileSync(markOf(home, need), kind);
}

function markOf(home: string, need: PluginNeed): string {
  return join(home, "kinds", folderName(need));
}

function folderName({ name, version }: PluginNeed): string {
  return `resource-${name}-v${version}`;
}
