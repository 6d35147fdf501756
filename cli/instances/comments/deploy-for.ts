import type { Repository } from "../../../stacks/settings";
import { stackNameOf } from "../../../stacks/settings/instance-name";
import { type Reference, referencesInOrder } from "../../../stacks/settings/references";
import { readPullRequest } from "../../github/pull-request";
import { messageOf } from "../../report";
import type { CommentCommand } from "./command";
import type { Conversation, Outcome } from "./desk";
import type { Report } from "./operations";

type DeployCommand = Extract<CommentCommand, { verb: "deploy" }>;

/**
 * Makes or updates the instance of a pull request, and tells every step. A pull request has one: what it held before
 * under another name goes first.
 */
export async function deployFor(
  conversation: Conversation,
  repository: Repository,
  { base = conversation.desk.base, references, ttl }: DeployCommand,
): Promise<Outcome> {
  const { desk, operations, pull } = conversation;
  const facts = await readPullRequest(desk.github, pull);
  const own: Reference = { repository, ref: { kind: "pull", number: pull.number } };
  const all = referencesInOrder([own, ...references]);
  const name = stackNameOf(base, all);
  const held = await operations.held();
  if (!facts.open) {
    await conversation.show(held[0], { title: "The pull request is closed, so nothing is deployed." });
    return { kind: "refused", reason: "the pull request is closed" };
  }
  const telling = new Telling(async ({ state, step }) => {
    await conversation.say({ state, name, step });
    await conversation.deployed(name, facts, state);
  });
  telling.news({ state: "queued", step: "starting" });
  try {
    for (const other of held.filter((one) => one.name !== name)) {
      telling.news({ state: "queued", step: `destroying ${other.name}, which this pull request had before` });
      await operations.destroy(other.name);
      await conversation.retired(other.name);
    }
    const view = await operations.deploy({ base, references: all, ttl }, (news) => {
      telling.news(news);
    });
    await telling.end();
    await conversation.show(view);
    await conversation.deployed(name, facts, "live", view);
    return { kind: "done", reason: "live", instance: name };
  } catch (error) {
    await telling.end();
    const reason = messageOf(error);
    await conversation.say({ state: "failed", name, reason });
    await conversation.deployed(name, facts, "failed");
    return { kind: "failed", reason, instance: name };
  }
}

/** Tells the newest of what comes in, one after another; what GitHub does not take stops nothing. */
class Telling {
  #next: Report | undefined;
  #running: Promise<void> | undefined;

  constructor(private readonly tell: (news: Report) => Promise<void>) {}

  news(news: Report): void {
    this.#next = news;
    this.#running ??= this.#run();
  }

  /** Waits until nothing is being told any more. */
  async end(): Promise<void> {
    this.#next = undefined;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#next !== undefined) {
      const news = this.#next;
      this.#next = undefined;
      await this.tell(news).catch(() => undefined);
    }
    this.#running = undefined;
  }
}
