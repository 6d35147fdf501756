import { once } from "node:events";

import { startBot } from "../../bot/server";
import { pullRequestText } from "../../github/pull-request";
import { decide, decisionText } from "../../instances/comments/decide";
import type { PullRequestEvent } from "../../instances/comments/event";
import { handleEvent } from "../../instances/comments/handle";
import type { ProjectPaths } from "../../paths";
import { readPrivateFile } from "../../private-file";
import { progress } from "../../report";
import { openDesk, WEBHOOK_SECRET } from "../on-event/desk";
import type { AnsweringOptions } from "../on-event/options";

export interface BotCommandOptions extends AnsweringOptions {
  readonly host: string;
  readonly port: string;
  readonly secretFile?: string;
}

/** Shorter ones can be guessed. */
const SHORTEST_SECRET = 16;

/**
 * Listens until it is told to stop: then it takes nothing more, and what is at work is finished. A second signal ends
 * that work too.
 *
 * @returns the exit code.
 */
export async function bot(paths: ProjectPaths, options: BotCommandOptions): Promise<number> {
  const { host, secretFile, owner } = options;
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port ${JSON.stringify(options.port)} is no port: write a number up to 65535`);
  }
  const secret = webhookSecret(secretFile);
  const stop = new AbortController();
  // A token may be another when the next event comes, such as an App's, which lasts an hour.
  await openDesk(paths, options, stop.signal);
  const act = async (event: PullRequestEvent): Promise<void> => {
    const desk = await openDesk(paths, options, stop.signal);
    const said = options.dryRun
      ? decisionText(await decide(event, desk.github))
      : outcomeText(await handleEvent(event, desk));
    progress(`${pullRequestText(event.pull)}: ${said}`);
  };
  const running = await startBot({ host, port, secret, owner, act, log: progress });
  console.log(`listening on ${running.url}`);
  await signalled();
  progress("stopping: what is at work is finished; another signal ends it");
  const finished = running.stop();
  void signalled().then(() => {
    stop.abort();
  });
  await finished;
  return 0;
}

function outcomeText({ kind, reason }: { readonly kind: string; readonly reason: string }): string {
  return `${kind}: ${reason.split("\n")[0] ?? ""}`;
}

async function signalled(): Promise<void> {
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
}

function webhookSecret(file: string | undefined): string {
  const secret =
    file === undefined ? process.env[WEBHOOK_SECRET] : readPrivateFile(file, "the webhook's secret");
  if (secret === undefined || secret === "") {
    throw new Error(
      `no secret for the webhook: set ${WEBHOOK_SECRET}, or name a file of mode 600 with --secret-file`,
    );
  }
  if (secret.length >= SHORTEST_SECRET) return secret;
  throw new Error(
    `the webhook's secret has fewer than ${SHORTEST_SECRET} characters: openssl rand -hex 32 makes one`,
  );
}
