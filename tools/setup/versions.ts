import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The engine; the same version as `@pulumi/pulumi`, which talks to it. */
export const engineVersion = "3.220.0";

/** The language host that is built where the official one cannot be had: the last that lives in a Go module. */
export const languageHostVersion = "3.68.0";

/** The Kubernetes that the local control plane serves. */
export const kubernetesVersion = "1.36.1";

/** The oldest Go that builds them. */
export const goVersion = "1.26";

/** The oldest Python for the tools that come as Python packages. */
export const pythonVersion = "3.11";

/** The modules whose programs or files are pinned, each in `tools/go/<name>`. */
export type PinnedModule = "engine" | "kubernetes" | "language-nodejs" | "schemas";

/** Folder of a pinned module. */
export function moduleFolder(root: string, name: PinnedModule): string {
  return join(root, "tools", "go", name);
}

/**
 * What a build depends on: the pins, other files of the project, and the machine it is for. Names its folder in the
 * cache.
 */
export function pinKey(root: string, names: readonly PinnedModule[], files: readonly string[] = []): string {
  const hash = createHash("sha256").update(`${process.platform}/${process.arch}`);
  for (const name of names) {
    for (const file of ["go.mod", "go.sum"]) {
      hash.update(readFileSync(join(moduleFolder(root, name), file)));
    }
  }
  for (const file of files) {
    hash.update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 8);
}

/** Whether `found` (`1.26.8`, `go1.26rc1`, `3.11`) is at least `wanted`, by its first two numbers. */
export function isAtLeast(found: string, wanted: string): boolean {
  const [major = 0, minor = 0] = numbersOf(found);
  const [wantedMajor = 0, wantedMinor = 0] = numbersOf(wanted);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

function numbersOf(version: string): readonly number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
