import { Hub } from "./hub";
import { startGithubApi } from "./server";

/** Organization in which test instances can have repositories, its template, and the token of its owner. */
const [ORGANIZATION, TEMPLATE, LOGIN, TOKEN] = ["packit-test", "template", "packit-bot", "local"];

/** A GitHub API on this machine, for trials without GitHub. Everything is forgotten when it ends. */
async function main(): Promise<void> {
  const port = Number(process.argv[2] ?? "0");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`usage: github-api [PORT], and ${process.argv[2] ?? ""} is no port`);
  }
  const hub = new Hub();
  hub.tokens.set(TOKEN, LOGIN);
  hub.organizations.set(ORGANIZATION, new Set([LOGIN]));
  hub.add(ORGANIZATION, TEMPLATE, { isTemplate: true });
  const api = await startGithubApi(hub, port);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      void api.close();
    });
  }
  console.log(`export GITHUB_BASE_URL=${api.url}/ GITHUB_API_URL=${api.url} GITHUB_TOKEN=${TOKEN}`);
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
