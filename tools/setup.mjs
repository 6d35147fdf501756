// `make setup`: gets a fresh clone ready, and finds out in a tenth of a second that there is nothing to do.
// Runs before any package is installed, so it uses Node alone; what needs more is in tools/setup/.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const local = join(root, ".local");
const stampPath = join(local, "setup-stamp.json");
const lockPath = join(local, "setup.lock");
const oldestNode = [20, 19];
/** Waiting for another set-up of this clone, which may be building, in milliseconds. */
const lockWait = 30 * 60 * 1000;

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    fail(
      `Node.js ${process.versions.node} is too old: install Node.js ${oldestNode.join(".")} or newer (https://nodejs.org)`,
    );
  }
}

/** Whether what npm has installed is what the lock file says. npm keeps a copy of it beside the packages. */
function packagesAreCurrent() {
  const wanted = readJson(join(root, "package-lock.json"))?.packages;
  const installed = readJson(join(root, "node_modules", ".package-lock.json"))?.packages;
  if (wanted === undefined || installed === undefined) {
    return false;
  }
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" ||
      (installed[path] === undefined ? optional === true : installed[path].version === version),
  );
}

function installPackages() {
  console.log("installing npm packages …");
  const { status, error } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel", "error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (error !== undefined) {
    fail(`npm cannot be run (${error.message}): install it with Node.js`);
  }
  if (status !== 0) {
    fail(`npm ci failed with exit code ${status}`);
  }
}

/** Everything that decides whether set-up has something to do, as text. */
function fingerprint() {
  const files = [
    "package-lock.json",
    ".local/toolchain.json",
    ".local/build/setup.js",
    "tools/launchers/pulumi-language-nodejs",
    "tools/stages/volume-provision.yaml",
  ].concat(
    ["engine", "kubernetes", "language-nodejs", "schemas"].flatMap((name) => [
      `tools/go/${name}/go.mod`,
      `tools/go/${name}/go.sum`,
    ]),
  );
  const plugins = readJson(join(local, "build", "manifest.json")) ?? {};
  const pulumi = (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "pulumi"))
    .find((path) => existsSync(path));
  return JSON.stringify([
    root,
    files.map((path) => stamp(join(root, path))),
    Object.keys(plugins).sort(),
    pulumi === undefined ? "" : stamp(pulumi),
    ["PACKIT_PLUGINS", "PACKIT_CACHE", "XDG_CACHE_HOME", "HOME"].map((name) => process.env[name] ?? ""),
  ]);
}

function isComplete() {
  const { pulumi, pulumiHome, kubernetesBin, kwokStages, definitions } =
    readJson(join(local, "toolchain.json")) ?? {};
  return [pulumi, pulumiHome, kubernetesBin, kwokStages, definitions].every(
    (path) => typeof path === "string" && existsSync(path),
  );
}

/** Notes on the cache's folders that they are in use: those that nobody uses for long are removed. */
function markUsed() {
  const now = new Date();
  for (const folder of readJson(join(local, "toolchain.json"))?.cached ?? []) {
    try {
      utimesSync(folder, now, now);
    } catch {
      // A cache that is somebody else's.
    }
  }
}

/** One set-up of this clone at a time. */
async function withLock(action) {
  mkdirSync(local, { recursive: true });
  const deadline = Date.now() + lockWait;
  for (let told = false; !takeLock(); told = true) {
    if (!told) {
      console.log("another set-up of this clone is at work: waiting for it");
    }
    if (Date.now() > deadline) {
      fail(
        `another set-up is still at work (lock ${lockPath}): wait for it to end, or end it, and try again`,
      );
    }
    await sleep(200);
  }
  try {
    await action();
  } finally {
    rmSync(lockPath, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(lockPath, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") {
      throw error;
    }
  }
  if (!holderLives()) {
    rmSync(lockPath, { force: true });
  }
  return false;
}

function holderLives() {
  try {
    const holder = Number(readFileSync(lockPath, "utf8"));
    if (holder === 0) {
      // Just made, and not yet written to; or its maker died in between.
      return Date.now() - statSync(lockPath).mtimeMs < 5_000;
    }
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function stamp(path) {
  try {
    const { mtimeMs, size } = statSync(path);
    return `${path} ${mtimeMs} ${size}`;
  } catch {
    return `${path} gone`;
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function fail(message) {
  console.error(`error: ${message}`);
  rmSync(lockPath, { force: true });
  process.exit(1);
}

async function setUp() {
  if (!packagesAreCurrent()) {
    installPackages();
  }
  const { build } = await import("./build.mjs");
  await build();
  if (isComplete() && readJson(stampPath)?.fingerprint === fingerprint()) {
    markUsed();
    return;
  }
  // A set-up that fails on its way may have changed something: the next one must not take it for done.
  rmSync(stampPath, { force: true });
  const { status } = spawnSync(process.execPath, [join(local, "build", "setup.js")], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    process.exitCode = 1;
    return;
  }
  writeFileSync(stampPath, JSON.stringify({ fingerprint: fingerprint() }));
}

checkNode();
try {
  await withLock(setUp);
} catch (error) {
  fail(error.message);
}
