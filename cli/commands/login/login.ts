import { backendUser, probeWriting } from "../../backend";
import { loginEnvironment, toolEnvironment } from "../../environment";
import { type Login, PASSPHRASE, readLogin, writeLogin } from "../../login";
import type { ProjectPaths } from "../../paths";
import { progress, section } from "../../report";
import { givenLogin, type LoginOptions } from "./given";

/** Options of the command. */
export interface Options extends LoginOptions {
  /** Only look whether the backend answers. */
  readonly dryRun: boolean;
}

/**
 * Remembers where the state of shared stacks is, after the backend has answered and taken something. Without an
 * address it says what is remembered.
 */
export async function login(
  paths: ProjectPaths,
  backend: string | undefined,
  options: Options,
): Promise<number> {
  if (backend === undefined) {
    const known = readLogin(paths.login);
    console.log(known === undefined ? notLoggedIn(paths) : describe("Shared state", known));
    return 0;
  }
  const given = givenLogin(backend, options, process.cwd());
  const user = await check(paths, given, options.dryRun);
  if (options.dryRun) {
    console.log(describe(`${user} would be logged in`, given));
    return 0;
  }
  writeLogin(paths.login, given);
  console.log(describe(`Logged in as ${user}`, given));
  warnOfCaller();
  return 0;
}

async function check(paths: ProjectPaths, given: Login, dryRun: boolean): Promise<string> {
  const environment = { ...toolEnvironment(paths), ...loginEnvironment(given) };
  try {
    const user = await backendUser(environment, paths.root);
    if (!dryRun) await probeWriting(environment, given.secretsProvider);
    return user;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${given.backend} cannot be used, so nothing is remembered: ${reason}\n` +
        "look at the address and at your credentials for it (docs/operations/state.md)",
    );
  }
}

function describe(title: string, { backend, secretsProvider, passphraseFile }: Login): string {
  const passphrase: (readonly [string, string])[] =
    secretsProvider === PASSPHRASE
      ? [["passphrase", passphraseFile ?? "PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE"]]
      : [];
  return section(title, [["state", backend], ["secrets by", secretsProvider], ...passphrase]);
}

function notLoggedIn(paths: ProjectPaths): string {
  return `not logged in: state is kept in ${paths.state}, for this checkout alone`;
}

function warnOfCaller(): void {
  if (process.env.PULUMI_BACKEND_URL === undefined) return;
  progress("PULUMI_BACKEND_URL is set and goes before what is remembered: unset it");
}
