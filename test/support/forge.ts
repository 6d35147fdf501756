import { type DeploymentStatus, Hub, type Repository } from "../../local/github-api/hub";
import { type GithubApi, startGithubApi } from "../../local/github-api/server";
import { waitFor } from "./sandbox";

/** How long anything may take to be told, in milliseconds: the machine may be busy with other tests. */
const PATIENCE_MS = 280_000;

/** How far the end of an instance's time may be from what was asked for, in milliseconds. */
const TOLERANCE_MS = 20 * 60_000;

/** A GitHub on this machine with one of Packit's repositories, in which Jane may write. */
export class Forge {
  private constructor(
    readonly api: GithubApi,
    readonly repository: Repository,
  ) {}

  /** @param accounts - Programs that may write as well, by their tokens. */
  static async start(name: string, accounts: Readonly<Record<string, string>>): Promise<Forge> {
    const hub = new Hub();
    hub.tokens.set("of a stranger", "stranger");
    const repository = hub.add("packit", name);
    repository.people.set("jane", "write");
    for (const [token, login] of Object.entries(accounts)) {
      hub.tokens.set(token, login);
      repository.people.set(login, "write");
    }
    return new Forge(await startGithubApi(hub), repository);
  }

  /** Opens a pull request, or has a commit pushed to it. */
  pull(number: number, sha: string, state: "open" | "closed" = "open"): void {
    const head = `stranger/${this.repository.name}`;
    this.repository.pulls.set(number, { number, state, sha, login: "stranger", head });
  }

  /** Every text of the comments on a pull request, where only programs write, as they were before and as they are now. */
  texts(number: number): readonly string[] {
    return this.#comments(number).flatMap(({ before, body }) => [...before, body]);
  }

  /** What the one comment on a pull request says now. @throws Error when there are several. */
  text(number: number): string {
    const [only, ...more] = this.#comments(number);
    if (more.length > 0) throw new Error(`${more.length + 1} comments on ${number}`);
    return only?.body ?? "";
  }

  /** Waits until the one comment says something. */
  async untilSaid(number: number, what: RegExp, more: () => string = () => ""): Promise<string> {
    await waitFor(
      () => what.test(this.text(number)),
      () => `${String(what)} is not said, but: ${this.texts(number).join("\n\n")}\n${more()}`,
      PATIENCE_MS,
    );
    return this.text(number);
  }

  /** Waits until the one comment tells of an instance that lives for a time from now on, in milliseconds. */
  async untilLives(number: number, time: number): Promise<void> {
    const isSo = () => {
      const text = this.text(number);
      return text.includes("✅ live") && Math.abs(untilOf(text) - Date.now() - time) < TOLERANCE_MS;
    };
    const complaint = () => `it does not live for ${time} ms:\n${this.texts(number).join("\n\n")}`;
    await waitFor(isSo, complaint, PATIENCE_MS);
  }

  /** What was told of the deployments of an instance, one after another. */
  statuses(stack: string): readonly DeploymentStatus[] {
    return [...this.repository.deployments.values()]
      .filter(({ environment }) => environment === `test-instance/${stack}`)
      .flatMap(({ statuses }) => statuses);
  }

  /** Waits until the last thing told of an instance's deployments is this state. @returns where it can be seen. */
  async untilState(stack: string, state: string): Promise<string> {
    const last = () => this.statuses(stack).at(-1);
    const complaint = () => `it is not ${state}: ${JSON.stringify(this.statuses(stack))}`;
    await waitFor(() => last()?.state === state, complaint, PATIENCE_MS);
    return last()?.environment_url ?? "";
  }

  close(): Promise<void> {
    return this.api.close();
  }

  #comments(number: number) {
    return [...this.repository.comments.values()].filter(({ issue }) => issue === number);
  }
}

/** When the instance of a comment ends, in milliseconds since 1970. */
export function untilOf(text: string): number {
  const [, time = ""] = /\| until \| `(\S+ \S+) UTC` \|/.exec(text) ?? [];
  return Date.parse(`${time.replace(" ", "T")}Z`);
}
