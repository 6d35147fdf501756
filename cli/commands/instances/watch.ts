import { setTimeout } from "node:timers/promises";

import { planDeploy } from "../../instances/deploy/plan";
import type { DeployRequest } from "../../instances/deploy/request";
import { type DeployManner, runDeployment } from "../../instances/deploy/run";
import { findInstance } from "../../instances/find";
import { untilInterrupted } from "../../instances/interrupt";
import { follow } from "../../instances/watch/follow";
import { type Commits, commitsOf, type Moving } from "../../instances/watch/moving";
import { codeIn, seeInstance } from "../../instances/watch/see";
import type { InstanceRecord } from "../../instances/record";
import type { ProjectPaths } from "../../paths";
import { progress } from "../../report";

/** What was deployed, and is to be kept up to date. */
export interface Watched {
  readonly request: DeployRequest;
  readonly record: InstanceRecord;
  readonly references: Moving;
  /** The commits that its references meant before it was deployed. */
  readonly commits: Commits;
}

/**
 * Keeps an instance at the head of its references until somebody interrupts, or it or they are gone.
 *
 * @returns 0, also when interrupted: there is no other way to end it.
 */
export async function watch(
  paths: ProjectPaths,
  { request, record, references, commits }: Watched,
  { holder, show }: Pick<DeployManner, "holder" | "show">,
): Promise<number> {
  const { name } = record;
  const found = await findInstance(paths, name);
  const { moving, fixed } = references;
  fixed.forEach(progress);
  const what = moving.length === 0 ? "nothing of it can move" : "what is pushed is deployed";
  progress(`watching ${name}; ${what}; interrupt to stop`);
  await untilInterrupted((signal) =>
    follow(
      {
        see: () => seeInstance(found, name, codeIn(record)),
        commits: () => commitsOf(moving),
        deploy: async () => {
          const manner = { holder, show, signal, wait: true, onlyIfThere: true };
          await runDeployment(paths, planDeploy(paths, request), manner);
        },
        tell: progress,
        now: () => performance.now(),
        pause: async (milliseconds) => {
          await setTimeout(milliseconds, undefined, { signal });
        },
        signal,
      },
      commits,
    ),
  ).catch((error: unknown) => {
    if (!String(error).includes("interrupted by")) throw error;
  });
  return 0;
}
