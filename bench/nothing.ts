import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

import { build } from "esbuild";

import { launcherOf } from "../tools/setup/plugins";
import type { Clone, Environment } from "./clone";
import { Stack } from "./stack";

/** A stack with a backend and a PULUMI_HOME of its own, where the plugin does nothing. */
export async function stackOfNothing(clone: Clone, name: string, environment: Environment): Promise<Stack> {
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

  const state = clone.path(".local", "do-nothing-state");
  cpSync(clone.path(".local", "state"), state, { recursive: true });
  const settings = clone.path(".local", "stacks", `Pulumi.${name}-do-nothing.yaml`);
  cpSync(clone.path(".local", "stacks", `Pulumi.${name}.yaml`), settings);
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
