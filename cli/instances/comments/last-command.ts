import { comments } from "../../github/own-comment";
import { type PullRequestName, pullRequestText } from "../../github/pull-request";
import { REPOSITORIES } from "../../../stacks/settings";
import type { Github } from "../../github/client";
import { readComment } from "./command";
import type { PullRequestEvent } from "./event";

/**
 * The last comment of a pull request that is a command, as an event. For systems such as Zuul, which say on which pull
 * request somebody commented, but neither who nor what.
 *
 * @throws Error when there is none.
 */
export async function lastCommand(github: Github, pull: PullRequestName): Promise<PullRequestEvent> {
  const repository = REPOSITORIES.find((known) => known === pull.repo);
  if (repository === undefined) {
    throw new Error(`${pullRequestText(pull)}: there are test instances for ${REPOSITORIES.join(", ")} only`);
  }
  let found: PullRequestEvent | undefined;
  for await (const { author, body } of comments(github, pull)) {
    if (author.endsWith("[bot]") || readComment(body, repository).kind === "none") continue;
    found = { pull, repository, actor: author, at: Date.now(), what: { kind: "comment", body } };
  }
  if (found === undefined) throw new Error(`no comment on ${pullRequestText(pull)} is a command`);
  return found;
}
