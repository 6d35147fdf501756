import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";

import { launcherOf } from "../tools/setup/plugins";
import type { Clone, Environment } from "./clone";
import { Stack } from "./stack";

/** Puts a plugin that does nothing into a PULUMI_HOME of its own. @returns that folder. */
export async function homeOfNothing(clone: Clone): Promise<string> {
  const bundle = clone.path(".local", "build", "do-nothing.js");
  await build({
    absWorkingDir: clone.root,
    entryPoints: ["bench/do-nothing/main.ts"],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: "silent",
  });
  const manifest = readFileSync(clone.path("node_modules", "@pulumi", "kubernetes", "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const home = clone.path(".local", "do-nothing");
  const launcher = clone.path(
    ".local",
    "do-nothing",
    "plugins",
    `resource-kubernetes-v${version}`,
    "pulumi-resource-kubernetes",
  );
  mkdirSync(dirname(launcher), { recursive: true });
  writeFileSync(launcher, launcherOf(bundle));
  chmodSync(launcher, 0o755);
  return home;
}

/**
 * A stack with a backend of its own, where the plugin does nothing.
 *
 * @param home - From {@link homeOfNothing}.
 * @param source - Name of the settings file under `.local/stacks/` that it is a copy of, without `Pulumi.`.
 */
export function stackOfNothing(
  clone: Clone,
  home: string,
  name: string,
  source: string,
  environment: Environment,
): Stack {
  const state = clone.path(".local", `${source}-do-nothing-state`);
  cpSync(clone.path(".local", "state"), state, { recursive: true });
  const settings = clone.path(".local", "stacks", `Pulumi.${source}-do-nothing.yaml`);
  cpSync(clone.path(".local", "stacks", `Pulumi.${source}.yaml`), settings);
  return new Stack({
    name,
    folder: clone.root,
    environment: {
      ...environment,
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: pathToFileURL(state).href,
      PULUMI_OPTION_CONFIG_FILE: settings,
    },
    settings: [settings],
  });
}
