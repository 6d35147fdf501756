import { readPrivateFile } from "../private-file";
import { apiAddress, type Github, githubClient } from "./client";

/** Who one is on GitHub. */
export interface GithubAccount {
  readonly github: Github;
  /** Under which name comments appear. */
  readonly login: string;
  readonly token: string;
}

/** Where token and name come from. */
export interface AccountOptions {
  /** File with the token; `GITHUB_TOKEN` without. */
  readonly tokenFile?: string;
  readonly login?: string;
}

type Variables = Readonly<Partial<Record<string, string>>>;

/**
 * Logs in to GitHub. A token of GitHub Actions cannot be asked whose it is, and is that of a known account.
 *
 * @throws Error that says what is missing.
 */
export async function githubAccount(
  { tokenFile, login }: AccountOptions,
  environment: Variables = process.env,
): Promise<GithubAccount> {
  const token = tokenFile === undefined ? environment.GITHUB_TOKEN : readPrivateFile(tokenFile, "the token");
  if (token === undefined || token === "") {
    throw new Error("no token for GitHub: set GITHUB_TOKEN, or name a file of mode 600 with --token-file");
  }
  const github = await githubClient({ token, api: apiAddress(environment) });
  const known = login ?? (environment.GITHUB_ACTIONS === "true" ? "github-actions[bot]" : undefined);
  return { github, token, login: known ?? (await ownLogin(github)) };
}

async function ownLogin(github: Github): Promise<string> {
  try {
    return (await github.request("GET /user")).data.login;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`GitHub does not say whose token it is (${reason}): name the account with --login`);
  }
}
