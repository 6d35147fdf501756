import { parsePullRequest, type PullRequestName } from "../../github/pull-request";
import { MARKER, WORDS } from "./answer";
import { Conversation, type Desk } from "./desk";
import { newestOf } from "./operate-for";

/** How far back comments are looked at, in days: longer than instances live that somebody gave a time. */
const DAYS = 45;

/**
 * Brings the comments of a repository's pull requests up to date with what became of their instances meanwhile: some
 * fall asleep, and some are destroyed because their time has come. Nothing is told while somebody works on one.
 *
 * @param repository - Such as `packit/ogr`.
 * @param now - In milliseconds since 1970.
 * @returns the pull requests whose comments were looked at.
 */
export async function refresh(
  desk: Desk,
  repository: string,
  now: number,
): Promise<readonly PullRequestName[]> {
  const pulls = await commented(desk, repository, new Date(now - DAYS * 86_400_000));
  for (const pull of pulls) {
    const conversation = new Conversation(desk, pull);
    const view = await newestOf(conversation.operations);
    if (view === undefined) {
      await conversation.say({ state: "gone", reason: "Its time was over, or somebody destroyed it." });
    } else if (view.worker === undefined) {
      await conversation.show(view);
    }
  }
  return pulls;
}

/** The pull requests whose comments speak of an instance that was there when they were written. */
async function commented(desk: Desk, repository: string, since: Date): Promise<readonly PullRequestName[]> {
  const [owner = "", repo = ""] = repository.split("/");
  const found: PullRequestName[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await desk.github.request("GET /repos/{owner}/{repo}/issues/comments", {
      owner,
      repo,
      since: since.toISOString(),
      per_page: 100,
      page,
    });
    for (const { body = "", user, issue_url } of data) {
      const ours = user?.login === desk.login && body.startsWith(MARKER);
      const title = body.split("\n")[1] ?? "";
      if (!ours || [WORDS.gone, WORDS.none].some((word) => title.endsWith(word))) continue;
      const pull = parsePullRequest(`${owner}/${repo}#${/\d+$/.exec(issue_url)?.[0] ?? ""}`);
      if (pull !== undefined) found.push(pull);
    }
    if (data.length < 100) return found;
  }
}
