import type { Github } from "./client";
import type { PullRequestName } from "./pull-request";

/** A comment on a pull request. */
export interface GivenComment {
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

/** Every comment on a pull request, the oldest first. */
export async function* comments(
  github: Github,
  { owner, repo, number }: PullRequestName,
): AsyncGenerator<GivenComment> {
  for (let page = 1; ; page += 1) {
    const { data } = await github.request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      owner,
      repo,
      issue_number: number,
      per_page: 100,
      page,
    });
    for (const { id, user, body } of data)
      yield { id: Number(id), author: user?.login ?? "", body: body ?? "" };
    if (data.length < 100) return;
  }
}

/** Our one comment on a pull request: written once, then changed. */
export class OwnComment {
  #known: { readonly id: number; body: string } | undefined;
  #searched = false;
  // Comments are written one after another, so that the last word stays.
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param marker - What it begins with, unseen by readers.
   * @param login - Who writes it: others' comments that begin so are left alone.
   */
  constructor(
    private readonly github: Github,
    private readonly pull: PullRequestName,
    private readonly marker: string,
    private readonly login: string,
  ) {}

  /** Whether there is one. */
  async exists(): Promise<boolean> {
    return (await this.#find()) !== undefined;
  }

  /** Makes it say this. What it says already is not written again. */
  write(text: string): Promise<void> {
    const written = this.#last.then(() => this.#write(`${this.marker}\n${text}`));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async #write(body: string): Promise<void> {
    const { owner, repo, number } = this.pull;
    const known = await this.#find();
    if (known?.body === body) return;
    if (known === undefined) {
      const { data } = await this.github.request(
        "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        {
          owner,
          repo,
          issue_number: number,
          body,
        },
      );
      this.#known = { id: Number(data.id), body };
    } else {
      await this.github.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        owner,
        repo,
        comment_id: known.id,
        body,
      });
      known.body = body;
    }
  }

  async #find(): Promise<{ readonly id: number; body: string } | undefined> {
    if (this.#searched) return this.#known;
    for await (const { id, author, body } of comments(this.github, this.pull)) {
      if (author === this.login && body.startsWith(this.marker)) {
        this.#known = { id, body };
        break;
      }
    }
    this.#searched = true;
    return this.#known;
  }
}
