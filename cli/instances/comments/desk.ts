import type { TestBase } from "../../../stacks/settings";
import type { Github } from "../../github/client";
import { GithubDeployment, retireDeployments } from "../../github/deployment";
import { OwnComment } from "../../github/own-comment";
import { type PullRequestFacts, type PullRequestName, pullRequestText } from "../../github/pull-request";
import type { InstanceView } from "../view";
import { type Answer, answerText, MARKER, type ShownState } from "./answer";
import type { Operations } from "./operations";
import { redacted } from "./redact";

/** What pull requests are answered with. */
export interface Desk {
  readonly github: Github;
  /** Under which name it writes comments. */
  readonly login: string;
  /** What is done on behalf of `packit/ogr#12`. */
  readonly operations: (pull: string) => Operations;
  /** The base of an instance for which nobody names one. */
  readonly base: TestBase;
  /** Secrets of this process, which nobody may read in an answer. */
  readonly secrets: readonly string[];
  /** Where the work can be watched, if anywhere. */
  readonly log?: string;
}

/** What came of an event. */
export interface Outcome {
  readonly kind: "ignored" | "refused" | "done" | "failed";
  readonly reason: string;
  /** The instance that it was about. */
  readonly instance?: string;
}

/** The work for one pull request, and what is told of it there. */
export class Conversation {
  readonly operations: Operations;
  readonly comment: OwnComment;
  #deployment: { readonly name: string; readonly shown: GithubDeployment } | undefined;

  constructor(
    readonly desk: Desk,
    readonly pull: PullRequestName,
  ) {
    this.operations = desk.operations(pullRequestText(pull));
    this.comment = new OwnComment(desk.github, pull, MARKER, desk.login);
  }

  /** Changes the one comment. */
  say(answer: Answer): Promise<void> {
    const { secrets, log } = this.desk;
    const clean = (text: string): string => redacted(text, secrets);
    const { reason, notice } = answer;
    const isWorking = ["queued", "building", "deploying", "destroying"].includes(answer.state);
    return this.comment.write(
      answerText({
        ...answer,
        ...(reason !== undefined && { reason: clean(reason) }),
        ...(notice?.log !== undefined && { notice: { ...notice, log: clean(notice.log) } }),
        ...(isWorking && log !== undefined && { log }),
      }),
    );
  }

  /** Shows how an instance is, with a word about what else was asked for. */
  show(view: InstanceView | undefined, notice?: Answer["notice"]): Promise<void> {
    const more = notice === undefined ? {} : { notice };
    if (view === undefined) return this.say({ state: "none", ...more });
    const { name, reason } = view;
    const state = stateOf(view);
    const why = state === "failed" ? (reason ?? INTERRUPTED) : undefined;
    return this.say({ state, name, view, ...(why !== undefined && { reason: why }), ...more });
  }

  /** Shows in GitHub's own list of deployments how one fares. */
  async deployed(
    name: string,
    { sha }: PullRequestFacts,
    state: ShownState,
    view?: InstanceView,
  ): Promise<void> {
    if (this.#deployment?.name !== name) {
      const shown = new GithubDeployment(this.desk.github, this.pull, environmentOf(name), sha);
      this.#deployment = { name, shown };
    }
    const url = view?.urls.dashboard ?? view?.urls.api;
    await this.#deployment.shown.tell({
      state:
        state === "live"
          ? "success"
          : state === "failed"
            ? "failure"
            : state === "queued"
              ? "queued"
              : "in_progress",
      ...(url?.startsWith("https://") === true && { url }),
      ...(this.desk.log !== undefined && { log: this.desk.log }),
    });
  }

  /** Takes an instance out of that list. */
  async retired(name: string): Promise<void> {
    await retireDeployments(this.desk.github, this.pull, environmentOf(name));
  }
}

const INTERRUPTED = "Whoever worked on it was stopped. Deploying or destroying it again puts that right.";

/** A state as it is shown: one that somebody left behind is a failure. */
export function stateOf({ state, worker, place }: InstanceView): ShownState {
  const isUnderWay = state === "building" || state === "deploying" || state === "destroying";
  return isUnderWay && worker === undefined && place === undefined ? "failed" : state;
}

function environmentOf(name: string): string {
  return `test-instance/${name}`;
}
