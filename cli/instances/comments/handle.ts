import { mayWrite } from "../../github/pull-request";
import { messageOf } from "../../report";
import { type CommentCommand, COMMENT_FORMS, readComment } from "./command";
import { deployFor } from "./deploy-for";
import { Conversation, type Desk, type Outcome } from "./desk";
import type { PullRequestEvent } from "./event";
import { code } from "./markdown";
import { destroyFor, extendFor, newestOf, logsFor, wakeFor } from "./operate-for";

/**
 * Does what an event of a pull request asks for, and answers there. Whoever may not write to the repository gets no
 * answer: the comments of strangers cost nothing.
 *
 * @throws Error only when GitHub cannot be reached; whatever else fails is told on the pull request.
 */
export async function handleEvent(event: PullRequestEvent, desk: Desk): Promise<Outcome> {
  const { pull, what, actor } = event;
  const conversation = new Conversation(desk, pull);
  // A pull request is closed by whoever may, and what ran for it has no use any more.
  if (what.kind === "closed") {
    const reason = what.merged ? "The pull request has been merged." : "The pull request has been closed.";
    return attempt(conversation, () => destroyFor(conversation, reason));
  }
  const read =
    what.kind === "comment"
      ? readComment(what.body, event.repository)
      : ({ kind: "command", command: { verb: "deploy", references: [] } } as const);
  if (read.kind === "none") return { kind: "ignored", reason: "no command" };
  if (!(await mayWrite(desk.github, pull, actor))) {
    return { kind: "ignored", reason: `${actor} may not write to ${pull.owner}/${pull.repo}` };
  }
  if (read.kind === "wrong") {
    await conversation.show(await newestOf(conversation.operations), {
      title: `The command of ${actor} is not understood, and nothing was done:`,
      lines: [...read.problems, `The commands: ${COMMENT_FORMS.map(code).join(", ")}`],
    });
    return { kind: "refused", reason: read.problems.join("; ") };
  }
  return attempt(conversation, () => doFor(conversation, event, read.command));
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
