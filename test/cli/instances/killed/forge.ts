import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { writeTinySystem } from "../images/tiny-system";

/** It takes long enough for something to happen meanwhile. */
const DOCKERFILE = "FROM scratch\nCOPY system/ /\nCOPY page /page\nRUN sleep 1\n";

/** The dashboard's repository, where git finds it when it is sent to GitHub, and a place for images of it. */
export class Forge {
  readonly #repository: string;
  #pushes = 0;

  constructor(
    private readonly folder: string,
    private readonly git: string,
  ) {
    this.#repository = join(folder, "packit", "dashboard");
    mkdirSync(this.#repository, { recursive: true });
    writeFileSync(
      this.#storage,
      `[storage]\ndriver = "vfs"\ngraphroot = "${folder}/images"\nrunroot = "${folder}/run"\n`,
    );
    this.#run("init", "--quiet", "--initial-branch=main");
    writeFileSync(join(this.#repository, "Dockerfile"), DOCKERFILE);
    writeTinySystem(join(this.#repository, "system"));
  }

  /** Has git and buildah work here and nowhere else. */
  get environment(): Readonly<Record<string, string>> {
    return {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `url.file://${this.folder}/.insteadOf`,
      GIT_CONFIG_VALUE_0: "https://github.com/",
      CONTAINERS_STORAGE_CONF: this.#storage,
    };
  }

  /** Pushes something new to a pull request. */
  push(pull: number): void {
    writeFileSync(join(this.#repository, "page"), `push ${++this.#pushes}\n`);
    this.#run("add", "--all");
    this.#run("commit", "--quiet", "--message", "work");
    this.#run("update-ref", `refs/pull/${pull}/head`, "HEAD");
  }

  get #storage(): string {
    return join(this.folder, "storage.conf");
  }

  #run(...args: readonly string[]): void {
    const who = ["-c", "user.name=t", "-c", "user.email=t@packit.dev"];
    execFileSync(this.git, ["-C", this.#repository, ...who, ...args]);
  }
}
