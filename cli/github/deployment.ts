import type { Github } from "./client";
import type { PullRequestName } from "./pull-request";

/** How a deployment fares, in GitHub's words. */
export type DeploymentState = "queued" | "in_progress" | "success" | "failure" | "inactive";

/** What is told of it. */
export interface DeploymentNews {
  readonly state: DeploymentState;
  /** Where it can be seen. */
  readonly url?: string;
  /** Where its log is. */
  readonly log?: string;
}

/** A deployment as GitHub shows it on the pull request: of one commit into one environment. */
export class GithubDeployment {
  #id: number | undefined;
  #last: string | undefined;

  constructor(
    private readonly github: Github,
    private readonly pull: Pick<PullRequestName, "owner" | "repo">,
    /** The environment's name, such as `test-instance/stg-pr-614`. */
    private readonly environment: string,
    private readonly sha: string,
  ) {}

  /** Tells how it fares; the same twice is told once. */
  async tell({ state, url, log }: DeploymentNews): Promise<void> {
    const news = JSON.stringify([state, url, log]);
    if (news === this.#last) return;
    this.#id ??= await this.#findOrMake();
    await this.github.request("POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
      owner: this.pull.owner,
      repo: this.pull.repo,
      deployment_id: this.#id,
      state,
      ...(url !== undefined && { environment_url: url }),
      ...(log !== undefined && { log_url: log }),
    });
    this.#last = news;
  }

  async #findOrMake(): Promise<number> {
    const { owner, repo } = this.pull;
    const { environment, sha } = this;
    const found = await this.github.request("GET /repos/{owner}/{repo}/deployments", {
      owner,
      repo,
      environment,
      sha,
      per_page: 1,
    });
    const [last] = found.data;
    if (last !== undefined) return Number(last.id);
    await retireDeployments(this.github, this.pull, environment);
    const made = await this.github.request("POST /repos/{owner}/{repo}/deployments", {
      owner,
      repo,
      ref: sha,
      environment,
      auto_merge: false,
      // What runs is a trial, whatever the commit's checks say.
      required_contexts: [],
      transient_environment: true,
      production_environment: false,
    });
    if ("id" in made.data) return Number(made.data.id);
    throw new Error(`GitHub made no deployment of ${sha}: ${made.data.message ?? "no reason given"}`);
  }
}

/** Says of everything that was deployed into an environment that it runs no more. GitHub itself does it for no trials. */
export async function retireDeployments(
  github: Github,
  { owner, repo }: Pick<PullRequestName, "owner" | "repo">,
  environment: string,
): Promise<void> {
  const found = await github.request("GET /repos/{owner}/{repo}/deployments", {
    owner,
    repo,
    environment,
    per_page: 100,
  });
  for (const { id } of found.data) {
    await github.request("POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
      owner,
      repo,
      deployment_id: Number(id),
      state: "inactive",
    });
  }
}
