import { testRepositoryOf } from "../../../stacks/settings/test-repository";
import { apiAddress, githubClient, statusOf } from "../../github/client";
import type { ProjectPaths } from "../../paths";
import { settingsFor } from "../settings";

/**
 * An instance's own repository on GitHub, if it is still there. GitHub is asked where the settings name one and there
 * is a token.
 *
 * @returns it in words, or that GitHub does not say; nothing when it is gone.
 */
export async function repositoryLeft(
  paths: ProjectPaths,
  name: string,
  environment: Readonly<Partial<Record<string, string>>> = process.env,
): Promise<readonly string[]> {
  const { GITHUB_TOKEN: token = "" } = environment;
  const settings = token === "" ? undefined : settingsFor(paths, name);
  const repository = settings && testRepositoryOf(settings);
  if (repository === undefined) return [];
  const { owner, name: repo } = repository;
  try {
    const github = await githubClient({ token, api: apiAddress(environment) });
    const { data } = await github.request("GET /repos/{owner}/{repo}", { owner, repo });
    // GitHub leads to the new name of a repository that has been renamed, which is somebody's on purpose.
    return data.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase()
      ? [`repository ${data.full_name}`]
      : [];
  } catch (error) {
    if (statusOf(error) === 404) return [];
    const reason = error instanceof Error ? error.message : String(error);
    return [`perhaps repository ${owner}/${repo}, as GitHub does not say (${reason})`];
  }
}
