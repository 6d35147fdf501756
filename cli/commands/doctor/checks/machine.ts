import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { Toolchain } from "../../../../tools/setup/toolchain";
import { type Check, failed, type Finding, ok, skipped, warning } from "../check";

/** What is looked at on this machine. */
export interface Machine {
  /** Version of Node.js. */
  readonly node: string;
  /** Undefined when set-up has not run. */
  readonly toolchain: Toolchain | undefined;
  /** Whether others use what is deployed from here: its state is shared, or its cluster is no local one. */
  readonly shared: boolean;
}

/** The oldest Node.js that runs everything (package.json). */
const OLDEST_NODE = [20, 19] as const;

export function machineChecks(machine: Machine): readonly Check[] {
  return [
    { id: "node", run: () => nodeVersion(machine.node) },
    { id: "engine", run: () => engine(machine.toolchain) },
    { id: "plugins", needs: ["engine"], run: () => plugins(machine) },
  ];
}

function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  return isOld
    ? failed(
        `Node.js ${version} is too old`,
        `install Node.js ${OLDEST_NODE.join(".")} or newer (https://nodejs.org)`,
      )
    : ok(`Node.js ${version}`);
}

function engine(toolchain: Toolchain | undefined): Finding {
  if (toolchain === undefined) return failed("the tools are not set up", "run make setup");
  const sources = { path: "found on PATH", installed: "the official archive", built: "built from source" };
  return ok(`Pulumi ${toolchain.pulumiVersion}, ${sources[toolchain.pulumiSource]}`);
}

function plugins({ toolchain, shared }: Machine): Finding {
  if (toolchain === undefined) return skipped("the tools are not set up");
  const installed = installedPlugins(toolchain.pulumiHome);
  if (installed.length === 0) return failed("no plugin is installed", "run make setup");
  const says = `${toolchain.plugins === "stand-in" ? "stand-ins" : "official"}: ${installed.join(", ")}`;
  if (toolchain.plugins === "official" || !shared) return ok(says);
  return warning(
    says,
    "official plugins cannot take over state that stand-ins have written: everybody who shares it needs the same " +
      "kind; PACKIT_PLUGINS=official make setup installs the official ones",
  );
}

/** Names and versions, from the engine's folders such as `resource-kubernetes-v4.34.2`. */
function installedPlugins(home: string): string[] {
  let names: string[];
  try {
    names = readdirSync(join(home, "plugins"));
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      const [, plugin, version] = /^resource-(.+)-v(\d[^/]*)$/.exec(name) ?? [];
      return plugin === undefined || version === undefined || name.endsWith(".lock")
        ? []
        : [`${plugin} ${version}`];
    })
    .sort();
}
