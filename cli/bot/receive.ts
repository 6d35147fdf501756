import type { IncomingHttpHeaders } from "node:http";

import { type PullRequestEvent, readEvent } from "../instances/comments/event";
import { readComment } from "../instances/comments/command";
import { Allowance, Recent } from "./recent";
import { isSigned } from "./signature";

/** What a delivery is answered with, and the event that it holds when it is to be acted upon. */
export interface Received {
  readonly status: number;
  readonly message: string;
  readonly event?: PullRequestEvent;
}

/** How long after it happened an event is taken, in milliseconds; GitHub delivers within seconds. */
export const MAX_AGE = 10 * 60_000;

/** Deliveries that are remembered at most, far more than come in that time. */
const REMEMBERED = 50_000;

/** Commands that one account may give, and in which time. */
const COMMANDS = 10;
const COMMANDS_WITHIN = 10 * 60_000;

/** The door: lets in what GitHub has signed, once, soon, and not too often. */
export class Door {
  // Nothing says how far clocks are apart, so twice the time.
  readonly #deliveries = new Recent(2 * MAX_AGE, REMEMBERED);
  readonly #allowance = new Allowance(COMMANDS, COMMANDS_WITHIN);

  constructor(
    private readonly secret: string,
    private readonly owner: string,
  ) {}

  /** @param now - In milliseconds since 1970. */
  receive(headers: IncomingHttpHeaders, body: Buffer, now: number): Received {
    const signature = one(headers["x-hub-signature-256"]);
    if (!isSigned(body, signature, this.secret)) return { status: 401, message: "wrong signature" };
    const delivery = one(headers["x-github-delivery"]);
    const name = one(headers["x-github-event"]);
    if (delivery === undefined || name === undefined)
      return { status: 400, message: "no delivery of GitHub's" };
    // The signature covers the body alone: a delivery's number could be another when it is sent again.
    if (this.#deliveries.again(signature ?? "", now) || this.#deliveries.again(delivery, now)) {
      return { status: 409, message: "delivered before" };
    }
    const payload = parsed(body);
    if (payload === undefined)
      return { status: 400, message: "no JSON: choose application/json for the webhook" };
    const event = readEvent(name, payload, this.owner);
    if (event === undefined || isTalk(event)) return { status: 200, message: "nothing to do" };
    if (Math.abs(now - event.at) > MAX_AGE) return { status: 409, message: "too old" };
    if (event.what.kind !== "closed" && !this.#allowance.allows(event.actor, now)) {
      return { status: 429, message: `${event.actor} has asked for too much: wait some minutes` };
    }
    return { status: 202, message: "taken", event };
  }
}

/** A comment without a command, as most are. */
function isTalk({ what, repository }: PullRequestEvent): boolean {
  return what.kind === "comment" && readComment(what.body, repository).kind === "none";
}

function one(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" && header !== "" ? header : undefined;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
