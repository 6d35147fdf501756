import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Programs of this machine that an image made from nothing can run. */
const PROGRAMS = ["/bin/sh", "/bin/mkdir", "/bin/rm", "/bin/sleep"];

/** Writes down what it is told, and leaves wheels where it is told to. */
const PIP = `#!/bin/sh
for word in "$@"; do
  echo "[$word]" >> /pip-calls
  case "$word" in --wheel-dir=*) mkdir -p "\${word#*=}"; echo wheel > "\${word#*=}/one.whl" ;; esac
done
echo "--" >> /pip-calls
`;

/** Lays out a system with a shell and a pip that only writes down how it was called. */
export function writeTinySystem(folder: string): void {
  for (const program of PROGRAMS) {
    const linked = execFileSync("ldd", [program], { encoding: "utf8" });
    const files = [program, ...(linked.match(/\/\S+/g) ?? []).filter((path) => !path.endsWith(":"))];
    for (const file of new Set(files)) {
      const target = join(folder, file);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(file, target);
    }
  }
  const pip = join(folder, "bin/pip3");
  writeFileSync(pip, PIP);
  chmodSync(pip, 0o755);
}
