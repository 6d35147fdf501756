import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { cached } from "./cache";
import { run } from "./command";

/** Python packages that are installed together, pinned in `tools/python/<name>.txt`. */
export type PythonPackages = "aws" | "checkov" | "database";

/**
 * Path of a Python that has the packages, in a virtual environment of the cache. Run their programs as modules
 * (`python -m moto.server`): the scripts beside it name the folder in which they were installed.
 *
 * @throws Error when they cannot be had.
 */
export async function pythonWith(packages: PythonPackages, root: string, cache: string): Promise<string> {
  const requirements = join(root, "tools", "python", `${packages}.txt`);
  const version = await run("python3", ["--version"]);
  const key = createHash("sha256").update(version).update(readFileSync(requirements)).digest("hex");
  const folder = await cached(join(cache, "python", `${packages}-${key.slice(0, 8)}`), async (draft) => {
    await run("python3", ["-m", "venv", draft]);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    await run(join(draft, "bin", "python"), [...pip, requirements]);
  });
  return join(folder, "bin", "python");
}
