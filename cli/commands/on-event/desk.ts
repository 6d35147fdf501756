import { githubAccount } from "../../github/access";
import { childOperations } from "../../instances/comments/child";
import type { Desk } from "../../instances/comments/desk";
import type { ProjectPaths } from "../../paths";
import type { AnsweringOptions } from "./options";

/** Variables whose values nobody may read in an answer. */
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSPHRASE|KEY|CREDENTIAL/;

/** What the bot's own secret is in; commands have no use for it. */
export const WEBHOOK_SECRET = "PACKIT_WEBHOOK_SECRET";

/** A desk that works with this checkout's commands. @param stop - Ends what runs. */
export async function openDesk(
  { root }: ProjectPaths,
  options: AnsweringOptions,
  stop: AbortSignal,
): Promise<Desk> {
  const { github, login, token } = await githubAccount(options);
  const { [WEBHOOK_SECRET]: secret = "", ...environment } = process.env;
  const named = Object.entries(environment).filter(([name]) => SECRET_NAME.test(name));
  const own = { file: process.execPath, args: [process.argv[1] ?? ""], root, environment };
  const log = runAddress(environment);
  return {
    github,
    login,
    operations: (pull) => childOperations(own, pull, stop),
    base: options.base,
    secrets: [token, secret, ...named.flatMap(([, value]) => value ?? [])],
    ...(log !== undefined && { log }),
  };
}

/** Where a run of GitHub Actions or Zuul can be watched. */
function runAddress(environment: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, ZUUL_BUILD_URL } = environment;
  if (GITHUB_SERVER_URL !== undefined && GITHUB_REPOSITORY !== undefined && GITHUB_RUN_ID !== undefined) {
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  }
  return ZUUL_BUILD_URL;
}
