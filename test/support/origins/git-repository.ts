import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A repository with pull requests, as a forge has them. */
export class GitRepository {
  private constructor(
    private readonly git: string,
    readonly folder: string,
  ) {}

  static make(git: string, folder: string): GitRepository {
    mkdirSync(folder, { recursive: true });
    const repository = new GitRepository(git, folder);
    repository.#run("init", "--quiet");
    return repository;
  }

  /**
   * Has somebody push to a pull request.
   *
   * @param files - What they write, by path.
   * @returns the commit, which only the pull request leads to.
   */
  push(pull: number, files: Readonly<Record<string, string>>): string {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    this.#run("add", "--all");
    this.#run("commit", "--quiet", "--allow-empty", "--message", `work on ${pull}`);
    const commit = this.#run("rev-parse", "HEAD");
    this.#run("update-ref", `refs/pull/${pull}/head`, commit);
    return commit;
  }

  #run(...args: readonly string[]): string {
    const who = ["-c", "user.name=t", "-c", "user.email=t@packit.dev"];
    return execFileSync(this.git, ["-C", this.folder, ...who, ...args], { encoding: "utf8" }).trim();
  }
}
