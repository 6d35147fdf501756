import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import type { ProjectPaths } from "./paths";

/** A stack's settings file as the engine writes it. */
export interface StackFile {
  encryptionsalt?: string;
  config?: Record<string, unknown>;
}

/** Key of the secrets within a settings file. */
export const SECRETS_KEY = "packit:secrets";

const LOCAL_PROJECT = "name: packit\nruntime: nodejs\n";
const HEADER = "# Made by `make`: the tracked settings of this environment, for the local control plane.\n";

/** Settings file of a stack in the root of the checkout. */
export function trackedFile(paths: ProjectPaths, stack: string): string {
  return join(paths.root, `Pulumi.${stack}.yaml`);
}

/** Settings file of a tracked environment that runs on the local control plane. */
export function localFile(paths: ProjectPaths, stack: string): string {
  return join(paths.stacks, `Pulumi.${stack}.yaml`);
}

/**
 * Brings the local copy of a tracked environment's settings up to date. The engine rewrites the file that it works
 * with (it adds its salt, and puts numbers into quotes), and a trial of production has secrets of its own: so the
 * tracked file is only read.
 *
 * @returns the copy's path.
 */
export function refreshLocalFile(paths: ProjectPaths, stack: string): string {
  mkdirSync(paths.stacks, { recursive: true });
  writeIfChanged(join(paths.stacks, "Pulumi.yaml"), LOCAL_PROJECT);
  const file = localFile(paths, stack);
  const own = readStackFile(file);
  const config = withoutSecrets(readStackFile(trackedFile(paths, stack)).config ?? {});
  const secrets = own.config?.[SECRETS_KEY];
  const merged: StackFile = {
    ...(own.encryptionsalt !== undefined && { encryptionsalt: own.encryptionsalt }),
    config: { ...config, ...(secrets !== undefined && { [SECRETS_KEY]: secrets }) },
  };
  writeIfChanged(file, HEADER + stringify(merged));
  return file;
}

/** Settings that `deploy` writes. */
const WRITTEN = ["pulls", "ttl", "keep", "identity", "components", "images"].map((key) => `packit:${key}`);

/** First line of a file that `deploy` has made. */
export const MADE_BY_DEPLOY =
  "# Written by packit-stacks deploy, and removed by destroy unless you add settings of your own.\n";

/**
 * Whether a test instance's file may be removed with it: it belongs to its user once it says more than the engine's
 * own salt and what `deploy` has written into a file of its own making.
 */
export function isOurs(paths: ProjectPaths, stack: string): boolean {
  const file = trackedFile(paths, stack);
  const keys = Object.keys(readStackFile(file).config ?? {});
  if (keys.length === 0) return true;
  return readFileSync(file, "utf8").startsWith(MADE_BY_DEPLOY) && keys.every((key) => WRITTEN.includes(key));
}

function readStackFile(file: string): StackFile {
  if (!existsSync(file)) return {};
  return (parse(readFileSync(file, "utf8")) as StackFile | null) ?? {};
}

/** Leaves out what only the holder of the environment's own key can read. */
function withoutSecrets(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => !isSecret(entry))
      .map(([key, entry]) => [key, isMap(entry) ? withoutSecrets(entry) : entry]),
  );
}

function isSecret(value: unknown): boolean {
  return isMap(value) && "secure" in value;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function writeIfChanged(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === content) return;
  writeFileSync(file, content, { mode: 0o600 });
}
