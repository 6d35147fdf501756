import type { Github } from "../../github/client";
import { mayWrite } from "../../github/pull-request";
import { type CommentCommand, readComment } from "./command";
import type { PullRequestEvent } from "./event";

/** What an event asks for. */
export type Decision =
  | { readonly kind: "ignore"; readonly reason: string }
  /** Somebody who may ask has asked for something that is not understood. */
  | { readonly kind: "explain"; readonly problems: readonly string[] }
  /** What ran for the pull request has no use any more. */
  | { readonly kind: "close"; readonly reason: string }
  | { readonly kind: "command"; readonly command: CommentCommand };

/**
 * Decides what an event asks for. Whoever may not write to the repository asks for nothing, by GitHub's answer at this
 * moment; comments without a command are not worth a question.
 *
 * @throws Error when GitHub does not answer.
 */
export async function decide(event: PullRequestEvent, github: Github): Promise<Decision> {
  const { pull, what, actor } = event;
  if (what.kind === "closed") {
    const how = what.merged ? "merged" : "closed";
    return { kind: "close", reason: `The pull request has been ${how}.` };
  }
  const read = what.kind === "comment" ? readComment(what.body, event.repository) : LABELLED;
  if (read.kind === "none") return { kind: "ignore", reason: "no command" };
  if (!(await mayWrite(github, pull, actor))) {
    return { kind: "ignore", reason: `${actor} may not write to ${pull.owner}/${pull.repo}` };
  }
  return read.kind === "wrong" ? { kind: "explain", problems: read.problems } : read;
}

const LABELLED = { kind: "command", command: { verb: "deploy", references: [] } } as const;

/** A decision in few words, for logs. */
export function decisionText(decision: Decision): string {
  switch (decision.kind) {
    case "ignore":
      return `ignored: ${decision.reason}`;
    case "explain":
      return `refused: ${decision.problems.join("; ")}`;
    case "close":
      return `destroy: ${decision.reason}`;
    case "command":
      return JSON.stringify(decision.command);
  }
}
