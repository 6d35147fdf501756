// Bundles what runs outside a Pulumi program: set-up, control plane, command line, stand-in plugins.
// A bundle starts several times faster than its sources. Only those whose sources changed are made anew.
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { areCurrent, common, stampInputs, writeAtOnce } from "./bundle.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(root, ".local", "build");
const manifestPath = join(output, "manifest.json");

/**
 * Packages that a bundle loads at run time. Pulumi's SDK looks for its own files; the clients of Kubernetes, GitHub
 * and registries are big, and few commands need them; AWS has its SDK where it runs the reaper.
 */
const EXTERNAL = {
  "packit-stacks": ["@pulumi/*", "@kubernetes/client-node", "@octokit/*", "@snyk/*", "esbuild"],
  reaper: ["@aws-sdk/*"],
};

/** Every bundle's entry file, by the bundle's name without `.js`. */
export function entries() {
  const plugins = join(root, "local", "plugins");
  const found = existsSync(plugins) ? readdirSync(plugins) : [];
  return Object.fromEntries(
    [
      ["setup", "tools/setup/main.ts"],
      ["cluster", "local/cluster/main.ts"],
      ["openshift-stand-in", "local/cluster/controller/main.ts"],
      ["github-api", "local/github-api/main.ts"],
      ["packit-stacks", "cli/main.ts"],
      ["reaper", "fleet/lambda.ts"],
      ["plugins/pulumi-resource-packit-fleet", "fleet/plugin/main.ts"],
      ...found.sort().map((name) => [`plugins/pulumi-resource-${name}`, `local/plugins/${name}/main.ts`]),
    ].filter(([, entry]) => existsSync(join(root, entry))),
  );
}

/** Bundles what is missing or older than its sources. Gives the names of the bundles made. */
export async function build() {
  const wanted = entries();
  const manifest = readManifest();
  const stale = Object.keys(wanted).filter((name) => !isCurrent(name, wanted[name], manifest[name]));
  if (stale.length === 0) {
    return stale;
  }
  // Loading esbuild takes longer than finding out that it is not needed.
  const esbuild = await import("esbuild");
  mkdirSync(join(output, "plugins"), { recursive: true });
  const outcomes = await Promise.allSettled(stale.map((name) => bundle(esbuild, name, wanted[name])));
  const made = outcomes.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
  const kept = Object.fromEntries(Object.entries(manifest).filter(([name]) => name in wanted));
  writeAtOnce(manifestPath, JSON.stringify({ ...kept, ...Object.fromEntries(made) }));
  const failure = outcomes.find(({ status }) => status === "rejected");
  if (failure !== undefined) {
    throw new Error(`the sources cannot be bundled: ${failure.reason.message}`);
  }
  return stale;
}

async function bundle(esbuild, name, entry) {
  const begun = Date.now();
  const result = await esbuild.build({
    ...common,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: bundlePath(name),
    external: EXTERNAL[name] ?? ["esbuild"],
  });
  writeAtOnce(bundlePath(name), result.outputFiles[0].contents);
  const self = relative(root, fileURLToPath(import.meta.url));
  return [name, { entry, inputs: stampInputs(root, result.metafile, [self], begun) }];
}

function isCurrent(name, entry, made) {
  return made?.entry === entry && existsSync(bundlePath(name)) && areCurrent(root, made.inputs);
}

function bundlePath(name) {
  return join(output, `${name}.js`);
}

function readManifest() {
  try {
    return JSON.parse(readFileSync(manifestPath, "utf8"));
  } catch {
    return {};
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const made = await build();
    console.log(made.length === 0 ? "bundles are up to date" : `bundled ${made.join(", ")}`);
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}
