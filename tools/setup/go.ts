import { run } from "./command";
import { showProgress } from "./progress";
import { moduleFolder, type PinnedModule } from "./versions";

/** What `go` is run with: exactly what is pinned, with the Go that is there, and the same bytes everywhere. */
const environment = {
  CGO_ENABLED: "0",
  GOFLAGS: "-mod=readonly -trimpath -buildvcs=false",
  GOTOOLCHAIN: "local",
  GOWORK: "off",
};

/** A program to build. */
export interface GoProgram {
  /** Import path of its main package. */
  readonly package: string;
  /** File to write. */
  readonly output: string;
}

/** Builds programs of a pinned module, with progress. `variables` are set as the linker's `-X` does. */
export async function goBuild(
  root: string,
  module: PinnedModule,
  programs: readonly GoProgram[],
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const cwd = moduleFolder(root, module);
  const flags = ["-s", "-w", ...Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`)].join(
    " ",
  );
  for (const program of programs) {
    const name = program.output.slice(program.output.lastIndexOf("/") + 1);
    const progress = showProgress(`building ${name}`);
    let downloaded = 0;
    let compiled = 0;
    await run("go", ["build", "-v", "-ldflags", flags, "-o", program.output, program.package], {
      cwd,
      env: environment,
      onErrorLine: (line) => {
        if (line.startsWith("go: downloading")) {
          downloaded += 1;
          progress.update(`${downloaded} modules fetched`);
        } else {
          compiled += 1;
          progress.update(`${compiled} packages compiled`);
        }
      },
    }).finally(() => {
      progress.done(compiled === 0 ? "no package had to be compiled" : `${compiled} packages compiled`);
    });
  }
}

/** Folder of a module's sources, fetched and checked against `go.sum`. */
export async function moduleSources(root: string, pin: PinnedModule, path: string): Promise<string> {
  const options = { cwd: moduleFolder(root, pin), env: environment };
  const answer = JSON.parse(await run("go", ["mod", "download", "-json", path], options)) as { Dir: string };
  return answer.Dir;
}
