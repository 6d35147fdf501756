import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot, localFolder } from "./project";

/** Which plugins serve the resources. Their states cannot be exchanged. */
export type PluginKind = "official" | "stand-in";

/** What `make setup` found, installed or built: `.local/toolchain.json`. All paths are absolute. */
export interface Toolchain {
  /** The `pulumi` program. */
  readonly pulumi: string;
  readonly pulumiVersion: string;
  readonly pulumiSource: "path" | "installed" | "built";
  readonly plugins: PluginKind;
  /** To be used as `PULUMI_HOME`; the plugins are installed there. */
  readonly pulumiHome: string;
  /** Folder of etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok and kubectl. */
  readonly kubernetesBin: string;
  /** kwok's stages, one YAML file. */
  readonly kwokStages: string;
  /** Custom resource definitions for the local control plane, a JSON list. */
  readonly definitions: string;
  /** Where built and downloaded tools are kept, outside the clone. */
  readonly cacheDir: string;
  /** The folders in there that this clone stands on; every set-up notes on them that they are in use. */
  readonly cached: readonly string[];
}

/** Set-up has not been run, or not to its end. */
export class ToolchainMissing extends Error {
  override readonly name = "ToolchainMissing";

  constructor() {
    super("the tools are not set up: run `make setup`");
  }
}

/** The file that set-up writes. */
export function toolchainPath(root: string = projectRoot()): string {
  return join(localFolder(root), "toolchain.json");
}

/** @throws ToolchainMissing when set-up has not been run, or what it built is gone */
export function readToolchain(root: string = projectRoot()): Toolchain {
  const toolchain = findToolchain(root);
  if (toolchain === undefined) {
    throw new ToolchainMissing();
  }
  return toolchain;
}

/** The recorded toolchain when it is complete and everything it names is still there. */
export function findToolchain(root: string): Toolchain | undefined {
  let toolchain: Toolchain;
  try {
    toolchain = JSON.parse(readFileSync(toolchainPath(root), "utf8")) as Toolchain;
  } catch {
    return undefined;
  }
  const { pulumi, pulumiHome, kubernetesBin, kwokStages, definitions } = toolchain;
  const needed: readonly (string | undefined)[] = [
    pulumi,
    pulumiHome,
    kubernetesBin,
    kwokStages,
    definitions,
  ];
  return needed.every((path) => path !== undefined && existsSync(path)) ? toolchain : undefined;
}
