import { type Github, statusOf } from "./client";

/** Which pull request. */
export interface PullRequestName {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** What is known of a pull request. */
export interface PullRequestFacts {
  readonly open: boolean;
  /** Whether it ended well. */
  readonly merged: boolean;
  /** Its last commit. */
  readonly sha: string;
  readonly fromFork: boolean;
}

/** `packit/ogr#12`, as it is written everywhere. */
export function pullRequestText({ owner, repo, number }: PullRequestName): string {
  return `${owner}/${repo}#${number}`;
}

/** Reads what {@link pullRequestText} writes; undefined when it is none. */
export function parsePullRequest(text: string): PullRequestName | undefined {
  const [, owner, repo, number] = /^([A-Za-z0-9-]+)\/([A-Za-z0-9._-]+)#([1-9][0-9]{0,7})$/.exec(text) ?? [];
  if (owner === undefined || repo === undefined) return undefined;
  return { owner, repo, number: Number(number) };
}

/** Asks what a pull request is at this moment. */
export async function readPullRequest(
  github: Github,
  { owner, repo, number }: PullRequestName,
): Promise<PullRequestFacts> {
  const { data } = await github.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    owner,
    repo,
    pull_number: number,
  });
  // A fork that has been deleted since leaves nothing.
  const head = (data.head.repo as typeof data.head.repo | null)?.full_name;
  return {
    open: data.state === "open",
    merged: data.merged,
    sha: data.head.sha,
    fromFork: head !== data.base.repo.full_name,
  };
}

/**
 * Whether somebody may write to the repository, by GitHub's answer at this moment: what an event says of its sender may
 * be old, and membership of an organization is no such right.
 */
export async function mayWrite(
  github: Github,
  { owner, repo }: PullRequestName,
  username: string,
): Promise<boolean> {
  try {
    const { data } = await github.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      owner,
      repo,
      username,
    });
    return data.permission === "admin" || data.permission === "write";
  } catch (error) {
    // Nobody of that name.
    if (statusOf(error) === 404) return false;
    throw error;
  }
}
