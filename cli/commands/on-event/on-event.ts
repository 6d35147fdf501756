import { readFileSync } from "node:fs";

import { parsePullRequest, pullRequestText } from "../../github/pull-request";
import { decide, decisionText } from "../../instances/comments/decide";
import type { Desk, Outcome } from "../../instances/comments/desk";
import { type PullRequestEvent, readEvent } from "../../instances/comments/event";
import { handleEvent } from "../../instances/comments/handle";
import { lastCommand } from "../../instances/comments/last-command";
import { refresh } from "../../instances/comments/refresh";
import { untilInterrupted } from "../../instances/interrupt";
import type { ProjectPaths } from "../../paths";
import { openDesk } from "./desk";
import type { AnsweringOptions } from "./options";

export interface OnEventOptions extends AnsweringOptions {
  readonly event?: string;
  readonly name?: string;
  readonly pull?: string;
  readonly refresh?: string;
  readonly json: boolean;
}

/**
 * Does what an event asks for and answers on its pull request. An event that is none of our business is no failure.
 *
 * @returns 1 when it failed; the reason is on the pull request.
 */
export async function onEvent(paths: ProjectPaths, options: OnEventOptions): Promise<number> {
  const given = [options.event, options.pull, options.refresh].filter((one) => one !== undefined);
  if (given.length !== 1) throw new Error("name one of --event, --pull and --refresh");
  return untilInterrupted(async (stop) => {
    if (options.refresh !== undefined) return refreshed(paths, options, options.refresh, stop);
    const event = options.event === undefined ? undefined : eventIn(options.event, options);
    if (options.event !== undefined && event === undefined) {
      return print(options, { kind: "ignored", reason: "nothing that test instances are about" });
    }
    const desk = await openDesk(paths, options, stop);
    const about = event ?? (await lastCommand(desk.github, pullIn(options)));
    if (options.dryRun) return preview(about, desk);
    return print(options, await handleEvent(about, desk));
  });
}

function eventIn(file: string, options: OnEventOptions): PullRequestEvent | undefined {
  const name = options.name ?? process.env.GITHUB_EVENT_NAME;
  if (name === undefined) throw new Error("which event? Name it with --name, such as issue_comment");
  let payload: unknown;
  try {
    payload = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`${file} is not JSON: ${error.message}`);
    throw error;
  }
  return readEvent(name, payload, options.owner);
}

function pullIn({ pull = "", owner }: OnEventOptions) {
  const name = parsePullRequest(pull);
  if (name?.owner === owner) return name;
  throw new Error(`--pull is ${JSON.stringify(pull)}: write ${owner}/<repository>#<number>`);
}

async function preview(event: PullRequestEvent, desk: Desk): Promise<number> {
  console.log(`${pullRequestText(event.pull)}: ${decisionText(await decide(event, desk.github))}`);
  return 0;
}

async function refreshed(
  paths: ProjectPaths,
  options: OnEventOptions,
  repository: string,
  stop: AbortSignal,
): Promise<number> {
  if (!/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(repository)) {
    throw new Error(`--refresh is ${JSON.stringify(repository)}: write ${options.owner}/<repository>`);
  }
  const desk = await openDesk(paths, options, stop);
  const pulls = await refresh(desk, repository, Date.now());
  const names = pulls.map(pullRequestText);
  console.log(options.json ? JSON.stringify(names) : names.join("\n"));
  return 0;
}

function print({ json }: OnEventOptions, outcome: Outcome): number {
  const { kind, reason, instance } = outcome;
  const about = instance === undefined ? "" : ` (${instance})`;
  console.log(json ? JSON.stringify(outcome, undefined, 2) : `${kind}: ${reason}${about}`);
  return kind === "failed" ? 1 : 0;
}
