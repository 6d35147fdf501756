import { githubClient } from "../../../../cli/github/client";
import { pullRequestText } from "../../../../cli/github/pull-request";
import type { Desk } from "../../../../cli/instances/comments/desk";
import type { PullRequestEvent } from "../../../../cli/instances/comments/event";
import type { Operations } from "../../../../cli/instances/comments/operations";
import type { InstanceView } from "../../../../cli/instances/view";
import { Hub, type Repository } from "../../../../local/github-api/hub";
import { type GithubApi, startGithubApi } from "../../../../local/github-api/server";
import { stackNameOf } from "../../../../stacks/settings/instance-name";
import { referenceText } from "../../../../stacks/settings/references";

export const SHA = "1f2e3d4c5b6a79880f1e2d3c4b5a69788f9e0d1c";
export const PULL = { owner: "packit", repo: "packit-service", number: 614 };
export const TOKEN = "ghs_botbotbotbotbotbot";
export const BOT = "packit-bot[bot]";

/** Instances that exist in memory only, made and destroyed at once. */
export class MadeUpInstances {
  readonly calls: string[] = [];
  readonly instances = new Map<string, InstanceView>();
  /** What the next deployment fails with. */
  failure: string | undefined;
  log = "";
  /** Held up by a test until it lets go. */
  gate: Promise<void> = Promise.resolve();

  readonly for = (pull: string): Operations => ({
    held: () => Promise.resolve([...this.instances.values()].filter(({ holder }) => holder?.name === pull)),
    deploy: async ({ base, references, ttl }, report) => {
      const name = stackNameOf(base, references);
      this.calls.push(`deploy ${name}${ttl === undefined ? "" : ` ${ttl}`}`);
      report({ state: "queued", step: "place 2 in the queue" });
      await this.gate;
      report({ state: "building", step: "build worker" });
      report({ state: "deploying", step: "deploy" });
      if (this.failure !== undefined) throw new Error(this.failure);
      return this.put(name, { pulls: references.map(referenceText), holder: { kind: "pull", name: pull } });
    },
    destroy: (name) => {
      this.calls.push(`destroy ${name}`);
      this.instances.delete(name);
      return Promise.resolve();
    },
    extend: (name, ttl) => {
      this.calls.push(`extend ${name} ${ttl ?? "as set"}`);
      return Promise.resolve(this.put(name, { expiresAt: "2026-12-24T18:00:00.000Z" }));
    },
    wake: (name) => {
      this.calls.push(`wake ${name}`);
      return Promise.resolve(this.put(name, { state: "live" }));
    },
    logs: (name, component) => {
      this.calls.push(`logs ${name} ${component ?? "all"}`);
      return Promise.resolve(this.log);
    },
  });

  put(name: string, more: Partial<InstanceView>): InstanceView {
    const view: InstanceView = {
      name,
      base: "stg",
      pulls: [],
      state: "live",
      urls: { api: `https://${name}.example.org/api/`, dashboard: `https://dashboard-${name}.example.org` },
      namespace: `packit-${name}`,
      holder: { kind: "pull", name: pullRequestText(PULL) },
      createdAt: "2026-11-21T20:00:00.000Z",
      expiresAt: "2026-11-23T20:00:00.000Z",
      ...this.instances.get(name),
      ...more,
    };
    this.instances.set(name, view);
    return view;
  }
}

/** A GitHub on this machine with one pull request, and a desk that answers it. */
export interface CommentLab {
  readonly api: GithubApi;
  readonly repository: Repository;
  readonly instances: MadeUpInstances;
  readonly desk: Desk;
  /** The comments that we wrote. */
  readonly own: () => readonly string[];
}

/** Starts one; whoever does closes its API. */
export async function commentLab(): Promise<CommentLab> {
  const hub = new Hub();
  hub.tokens.set(TOKEN, BOT);
  hub.tokens.set("stranger-token", "stranger");
  const repository = hub.add(PULL.owner, PULL.repo);
  repository.people.set(BOT, "write").set("jane", "write").set("maria", "maintain").set("tom", "triage");
  repository.pulls.set(PULL.number, {
    number: PULL.number,
    state: "open",
    sha: SHA,
    login: "stranger",
    head: "stranger/packit-service",
  });
  const api = await startGithubApi(hub);
  const instances = new MadeUpInstances();
  const desk: Desk = {
    github: await githubClient({ token: TOKEN, api: api.url }),
    login: BOT,
    operations: instances.for,
    base: "stg",
    secrets: [TOKEN],
    log: "https://ci.example.org/runs/7",
  };
  const own = () =>
    [...repository.comments.values()].filter(({ login }) => login === BOT).map(({ body }) => body);
  return { api, repository, instances, desk, own };
}

/** What happens when somebody comments. */
export function comment(actor: string, body: string): PullRequestEvent {
  return { pull: PULL, repository: "packit-service", actor, at: Date.now(), what: { kind: "comment", body } };
}
