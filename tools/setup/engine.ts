import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { cached, markUsed } from "./cache";
import { CommandFailed, findOnPath, run } from "./command";
import { goBuild, moduleSources } from "./go";
import { showProgress } from "./progress";
import type { Toolchain } from "./toolchain";
import { engineVersion, languageHostVersion, pinKey } from "./versions";

/** A `pulumi` to use. */
export type Engine = Pick<Toolchain, "pulumi" | "pulumiVersion" | "pulumiSource">;

/** Where Pulumi publishes its archives. */
export const downloads = "https://get.pulumi.com";

/** How long to knock, and how long a whole download may take, in seconds. */
const connectSeconds = 3;
const downloadSeconds = 300;

/** The scripts that start policy packs and dynamic providers; the language host's module has them. */
const launchers = ["pulumi-analyzer-policy", "pulumi-resource-pulumi-nodejs"];

/** The versions that work with this project's SDK: any patch of the pinned release. */
export function isUsable(version: string): boolean {
  const [major, minor] = engineVersion.split(".");
  return version.startsWith(`${major ?? ""}.${minor ?? ""}.`);
}

/** The `pulumi` on PATH, when it and its language host are of a usable version; else why not, if there is one. */
export async function findEngine(
  path: string | undefined = process.env.PATH,
): Promise<{ readonly engine?: Engine; readonly rejected?: string }> {
  const pulumi = findOnPath("pulumi", path);
  if (pulumi === undefined) {
    return {};
  }
  const version = await askVersion(pulumi);
  if (version === undefined || !isUsable(version)) {
    return { rejected: `${pulumi} is ${version ?? "of no known version"}, not ${engineVersion}` };
  }
  if (findOnPath("pulumi-language-nodejs", path) === undefined) {
    return { rejected: `${pulumi} has no pulumi-language-nodejs beside it` };
  }
  return { engine: { pulumi, pulumiVersion: version, pulumiSource: "path" } };
}

/** The engine that an earlier set-up has put into the cache. */
export function findCachedEngine(root: string, cache: string): Engine | undefined {
  const sources = ["installed", "built"] as const;
  const source = sources.find((pulumiSource) => existsSync(cachedEngine(root, cache, pulumiSource).pulumi));
  if (source === undefined) {
    return undefined;
  }
  markUsed(folderOf(root, cache, source));
  return cachedEngine(root, cache, source);
}

/**
 * Installs the official release into the cache.
 * @throws CommandFailed when it cannot be had quickly
 */
export async function installEngine(root: string, cache: string, from: string = downloads): Promise<Engine> {
  const engine = cachedEngine(root, cache, "installed");
  await cached(folderOf(root, cache, "installed"), async (draft) => {
    const archive = join(draft, "pulumi.tar.gz");
    await download(`${from}/releases/sdk/${archiveName(process.platform, process.arch)}`, archive);
    await run("tar", ["-xzf", archive, "-C", draft]);
    rmSync(archive);
    const [unpacked = ""] = readdirSync(draft);
    const nested = join(draft, unpacked, "bin");
    renameSync(existsSync(nested) ? nested : join(draft, unpacked), join(draft, "bin"));
    if ((await askVersion(join(draft, "bin", "pulumi"))) === undefined) {
      throw new CommandFailed("the downloaded pulumi does not run");
    }
  });
  return engine;
}

/** Builds engine and language host into the cache: three to five minutes on two cores. */
export async function buildEngine(root: string, cache: string): Promise<Engine> {
  await cached(folderOf(root, cache, "built"), async (draft) => {
    const bin = join(draft, "bin");
    const hidden = join(draft, "libexec");
    mkdirSync(bin);
    mkdirSync(hidden);
    const variable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
    await goBuild(
      root,
      "language-nodejs",
      [
        {
          package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
          output: join(hidden, "pulumi-language-nodejs"),
        },
      ],
      { [variable]: `v${languageHostVersion}` },
    );
    copyFileSync(launcherPath(root), join(bin, "pulumi-language-nodejs"));
    const sdk = await moduleSources(root, "language-nodejs", "github.com/pulumi/pulumi/sdk/v3");
    for (const name of launchers) {
      copyFileSync(join(sdk, "nodejs", "dist", name), join(bin, name));
      chmodSync(join(bin, name), 0o755);
    }
    await goBuild(
      root,
      "engine",
      [{ package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", output: join(bin, "pulumi") }],
      { [variable]: `v${engineVersion}` },
    );
  });
  return cachedEngine(root, cache, "built");
}

/** Name of the archive for a machine. */
export function archiveName(platform: string, arch: string): string {
  return `pulumi-v${engineVersion}-${platform}-${arch}.tar.gz`;
}

/** Fetches a file with curl, which knows the machine's proxies. */
async function download(url: string, file: string): Promise<void> {
  const progress = showProgress(`downloading ${url}`);
  const limits = ["--connect-timeout", String(connectSeconds), "--max-time", String(downloadSeconds)];
  try {
    await run("curl", ["--fail", "--silent", "--show-error", "--location", ...limits, "--output", file, url]);
    progress.done("here");
  } catch (error) {
    progress.done("not to be had");
    throw error;
  }
}

async function askVersion(pulumi: string): Promise<string | undefined> {
  try {
    const env = { PULUMI_SKIP_UPDATE_CHECK: "true" };
    return (await run(pulumi, ["version"], { env, timeoutMs: 20_000 })).trim().replace(/^v/, "") || undefined;
  } catch {
    return undefined;
  }
}

function cachedEngine(root: string, cache: string, pulumiSource: "installed" | "built"): Engine {
  const pulumi = join(folderOf(root, cache, pulumiSource), "bin", "pulumi");
  return { pulumi, pulumiVersion: engineVersion, pulumiSource };
}

/** The script that starts the built language host. */
function launcherPath(root: string): string {
  return join(root, "tools", "launchers", "pulumi-language-nodejs");
}

function folderOf(root: string, cache: string, source: "installed" | "built"): string {
  const key =
    source === "installed" ? "official" : pinKey(root, ["engine", "language-nodejs"], [launcherPath(root)]);
  return join(cache, "engine", `${engineVersion}-${key}`);
}
