import { apiAddress, githubClient } from "../../github/client";
import { readPullRequest } from "../../github/pull-request";
import type { AskPull } from "./look";

/** Owner of the repositories whose pull requests are tested. */
const OWNER = "packit";

/**
 * Asks GitHub how pull requests fare. Without a token nobody is asked, since few questions are answered then, and
 * none of them is known.
 */
export async function pullAsker(
  environment: Readonly<Partial<Record<string, string>>> = process.env,
): Promise<AskPull> {
  const { GITHUB_TOKEN: token = "" } = environment;
  if (token === "") return () => Promise.resolve("unknown");
  const github = await githubClient({ token, api: apiAddress(environment) });
  return async (repo, number) => {
    const { open, merged } = await readPullRequest(github, { owner: OWNER, repo, number });
    if (open) return "open";
    return merged ? "merged" : "closed";
  };
}
