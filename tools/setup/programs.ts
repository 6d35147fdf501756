import { spawnSync } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Real programs that tests run what the project generates with, and the Debian package of each. */
export const PROGRAMS = {
  nginx: "nginx",
  "prometheus-pushgateway": "prometheus-pushgateway",
  "redis-server": "redis-server",
  "redis-cli": "redis-tools",
  initdb: "postgresql",
  postgres: "postgresql",
  pg_ctl: "postgresql",
  pg_isready: "postgresql",
  psql: "postgresql",
  curl: "curl",
  git: "git",
  python3: "python3",
  ssh: "openssh-client",
  "ssh-keygen": "openssh-client",
  openssl: "openssl",
  gpg: "gnupg",
  tar: "tar",
  "docker-registry": "docker-registry",
  buildah: "buildah",
  apache2: "apache2-bin",
  chromium: "chromium",
} as const;

export type ProgramName = keyof typeof PROGRAMS;

/** Where Debian keeps PostgreSQL's programs, which it leaves out of PATH. */
const POSTGRES_VERSIONS = "/usr/lib/postgresql";

/** Asked before a package's script starts a service. */
const SERVICE_POLICY = "/usr/sbin/policy-rc.d";
const SERVICE_POLICY_MARK = "# written by packit-stacks";

/** Path of a program; `undefined` when the machine has none. */
export function findProgram(name: ProgramName): string | undefined {
  const path = process.env.PATH?.split(delimiter) ?? [];
  return [...postgresFolders(), ...path, "/usr/sbin", "/sbin"]
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/**
 * Installs the programs that are missing, where that can be done: as root on Debian. No service is started, now or
 * at the next boot. Elsewhere it says which are missing; their tests are then skipped.
 */
export function installPrograms(log: (line: string) => void): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && isOnPath("apt-get")) {
    log(`Installing programs for the tests: ${missing.join(", ")}`);
    withoutServices(() => {
      install(missing);
    });
  }
  for (const name of missingPrograms()) {
    log(`${name} is missing, its tests are skipped: install the Debian package ${PROGRAMS[name]}`);
  }
}

function missingPrograms(): ProgramName[] {
  return (Object.keys(PROGRAMS) as ProgramName[]).filter((name) => findProgram(name) === undefined);
}

function missingPackages(): string[] {
  return [...new Set(missingPrograms().map((name) => PROGRAMS[name]))];
}

function install(packages: readonly string[]): void {
  const args = ["install", "--yes", "--quiet", "--no-install-recommends", ...packages];
  if (!aptGet(args)) {
    // A fresh machine has no package lists, or old ones.
    aptGet(["update", "--quiet"]);
    aptGet(args);
  }
  // A package enables its service, which would otherwise start at the next boot.
  if (isOnPath("systemctl")) {
    const services = packages.filter((name) => name !== "redis-tools");
    spawnSync("systemctl", ["disable", "--quiet", ...services], { stdio: "ignore" });
  }
}

function aptGet(args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", args, { env, stdio: "ignore" }).status === 0;
}

/** Has package scripts start nothing meanwhile. The rule ends with this process, even if it is killed. */
function withoutServices(action: () => void): void {
  if (!ownsServicePolicy()) {
    action();
    return;
  }
  const rule = `#!/bin/sh\n${SERVICE_POLICY_MARK}\nkill -0 ${process.pid} 2>/dev/null && exit 101\nexit 0\n`;
  writeFileSync(SERVICE_POLICY, rule, { mode: 0o755 });
  try {
    action();
  } finally {
    rmSync(SERVICE_POLICY, { force: true });
  }
}

/** Whether there is no rule of the machine's own. */
function ownsServicePolicy(): boolean {
  try {
    return readFileSync(SERVICE_POLICY, "utf8").includes(SERVICE_POLICY_MARK);
  } catch {
    return true;
  }
}

/** Newest version first. */
function postgresFolders(): string[] {
  try {
    return readdirSync(POSTGRES_VERSIONS)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(POSTGRES_VERSIONS, version, "bin"));
  } catch {
    return [];
  }
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (require.main === module) {
  installPrograms((line) => {
    console.log(line);
  });
}
