import { messageOf } from "../../report";
import { type CommentCommand, COMMENT_FORMS } from "./command";
import { decide } from "./decide";
import { deployFor } from "./deploy-for";
import { Conversation, type Desk, type Outcome } from "./desk";
import type { PullRequestEvent } from "./event";
import { code } from "./markdown";
import { destroyFor, extendFor, logsFor, newestOf, wakeFor } from "./operate-for";

/**
 * Does what an event of a pull request asks for, and answers there. Whoever may not ask gets no answer: the comments
 * of strangers cost nothing.
 *
 * @throws Error only when GitHub cannot be reached; whatever else fails is told on the pull request.
 */
export async function handleEvent(event: PullRequestEvent, desk: Desk): Promise<Outcome> {
  const decision = await decide(event, desk.github);
  if (decision.kind === "ignore") return { kind: "ignored", reason: decision.reason };
  const conversation = new Conversation(desk, event.pull);
  switch (decision.kind) {
    case "explain":
      return explain(conversation, event.actor, decision.problems);
    case "close":
      return attempt(conversation, () => destroyFor(conversation, decision.reason));
    case "command":
      return attempt(conversation, () => doFor(conversation, event, decision.command));
  }
}

function doFor(
  conversation: Conversation,
  { repository, actor }: PullRequestEvent,
  command: CommentCommand,
): Promise<Outcome> {
  switch (command.verb) {
    case "deploy":
      return deployFor(conversation, repository, command);
    case "destroy":
      return destroyFor(conversation, `Destroyed by ${actor}.`);
    case "extend":
      return extendFor(conversation, command.ttl);
    case "logs":
      return logsFor(conversation, command.component);
    case "wake":
      return wakeFor(conversation);
  }
}

async function explain(
  conversation: Conversation,
  actor: string,
  problems: readonly string[],
): Promise<Outcome> {
  await conversation.show(await newestOf(conversation.operations), {
    title: `The command of ${actor} is not understood, and nothing was done:`,
    lines: [...problems, `The commands: ${COMMENT_FORMS.map(code).join(", ")}`],
  });
  return { kind: "refused", reason: problems.join("; ") };
}

/** What fails on the way is told beside how the instance is now. */
async function attempt(conversation: Conversation, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    const reason = messageOf(error);
    const view = await newestOf(conversation.operations).catch(() => undefined);
    await conversation.show(view, { title: "That has failed:", log: reason });
    return { kind: "failed", reason, ...(view !== undefined && { instance: view.name }) };
  }
}
