import * as z from "zod";

import { REPOSITORIES, type Repository } from "../../../stacks/settings";
import type { PullRequestName } from "../../github/pull-request";

/** Label of a pull request that asks for a test instance. */
export const DEPLOY_LABEL = "deploy";

/** Something that happened to a pull request and that may concern its test instance. */
export interface PullRequestEvent {
  readonly pull: PullRequestName;
  readonly repository: Repository;
  /** Who did it. */
  readonly actor: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly what:
    | { readonly kind: "comment"; readonly body: string }
    | { readonly kind: "label" }
    | { readonly kind: "closed"; readonly merged: boolean };
}

const repository = z.object({ name: z.string(), owner: z.object({ login: z.string() }) });
const sender = z.object({ login: z.string(), type: z.string() });
const number = z.int().min(1).max(99_999_999);
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const commented = z.object({
  action: z.literal("created"),
  repository,
  sender,
  // Issues have comments too; those of pull requests say so.
  issue: z.object({ number, pull_request: z.object({}) }),
  comment: z.object({ body: z.string(), created_at: time, user: z.object({ login: z.string() }) }),
});

const pull_request = z.object({ number, updated_at: time, merged: z.boolean() });
const labeled = z.object({
  action: z.literal("labeled"),
  repository,
  sender,
  pull_request,
  label: z.object({ name: z.literal(DEPLOY_LABEL) }),
});
const closed = z.object({ action: z.literal("closed"), repository, sender, pull_request });

/**
 * Reads what GitHub tells, as a webhook or as the event of a workflow; undefined when it is none of our business: another
 * event, another repository, or something that a program did.
 *
 * @param name - `issue_comment`, `pull_request` or `pull_request_target`.
 * @param owner - Organization whose repositories count.
 */
export function readEvent(name: string, payload: unknown, owner: string): PullRequestEvent | undefined {
  const isPull = name === "pull_request" || name === "pull_request_target";
  if (name !== "issue_comment" && !isPull) return undefined;
  const schema = isPull ? z.union([labeled, closed]) : commented;
  const parsed = schema.safeParse(payload);
  if (!parsed.success) return undefined;
  const event = parsed.data;
  const known = REPOSITORIES.find((one) => one === event.repository.name);
  if (known === undefined || event.repository.owner.login !== owner) return undefined;
  const about = (to: number, at: number) => ({
    pull: { owner, repo: known, number: to },
    repository: known,
    actor: event.sender.login,
    at,
  });
  if ("comment" in event) {
    const { comment, issue } = event;
    // What a program writes is no wish of somebody, least of all what this one writes.
    if (event.sender.type !== "User" || comment.user.login !== event.sender.login) return undefined;
    return { ...about(issue.number, comment.created_at), what: { kind: "comment", body: comment.body } };
  }
  const { number: to, updated_at: at, merged } = event.pull_request;
  if (event.action === "closed") return { ...about(to, at), what: { kind: "closed", merged } };
  if (event.sender.type !== "User") return undefined;
  return { ...about(to, at), what: { kind: "label" } };
}
