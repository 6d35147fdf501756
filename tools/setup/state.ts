import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { writePrivately } from "../../local/cluster/files";
import type { PluginKind } from "./toolchain";

/** The state under `.local/` was written by the other kind of plugins. */
export class StateMismatch extends Error {
  override readonly name = "StateMismatch";

  constructor(state: string, before: PluginKind, now: PluginKind) {
    super(
      [
        `${state} holds stacks that were made with ${before} plugins, and their state cannot be used with ${now} ones.`,
        `Go on with PACKIT_PLUGINS=${before}, or destroy those stacks with it first (make destroy STACK=…),`,
        `or remove ${state} if nothing of them is left.`,
      ].join("\n"),
    );
  }
}

/** Which kind of plugins the stacks in a file backend were made with; `undefined` when there are none. */
export function pluginsOfState(state: string): PluginKind | undefined {
  return hasResources(state) ? readMark(state) : undefined;
}

/**
 * Marks the state as made with `kind`.
 * @throws StateMismatch when stacks are there that the other kind has made
 */
export function claimState(state: string, kind: PluginKind): void {
  const before = pluginsOfState(state);
  if (before !== undefined && before !== kind) {
    throw new StateMismatch(state, before, kind);
  }
  mkdirSync(state, { recursive: true });
  writePrivately(markPath(state), `${JSON.stringify({ plugins: kind })}\n`);
}

function readMark(state: string): PluginKind | undefined {
  try {
    return (JSON.parse(readFileSync(markPath(state), "utf8")) as { plugins: PluginKind }).plugins;
  } catch {
    return undefined;
  }
}

function markPath(state: string): string {
  return join(state, "plugins.json");
}

/** A destroyed stack's file stays, with nothing in it. */
function hasResources(state: string): boolean {
  const folder = join(state, ".pulumi", "stacks", "packit");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return files.some((name) => {
    try {
      const { checkpoint } = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
        checkpoint?: { latest?: { resources?: readonly unknown[] } };
      };
      return (checkpoint?.latest?.resources ?? []).length > 0;
    } catch {
      // A file that cannot be read may hold anything.
      return true;
    }
  });
}
