import { createInterface } from "node:readline/promises";

import { planRows, planView } from "../../instances/deploy/describe";
import { type DeployPlan, planDeploy } from "../../instances/deploy/plan";
import { readRequest } from "../../instances/deploy/request";
import { runDeployment } from "../../instances/deploy/run";
import { showFor } from "../../instances/deploy/show";
import { untilInterrupted } from "../../instances/interrupt";
import { commitsOf, partReferences } from "../../instances/watch/moving";
import type { InstanceRecord } from "../../instances/record";
import { ofRecord } from "../../instances/view";
import { holderFor } from "../../instances/who";
import type { ProjectPaths } from "../../paths";
import { section } from "../../report";
import { liveRows, nextRows } from "./after";

export interface DeployOptions {
  readonly base: string;
  readonly only?: string;
  readonly ttl?: string;
  readonly reason?: string;
  readonly name?: string;
  readonly image: readonly string[];
  readonly wait: boolean;
  readonly watch: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  /** On whose behalf. */
  readonly by?: string;
}

/**
 * Makes or updates a test instance. What is typed and what the settings say is checked before anything is touched.
 *
 * @returns the exit code.
 */
export async function deploy(
  paths: ProjectPaths,
  words: readonly string[],
  options: DeployOptions,
): Promise<number> {
  const holder = holderFor(options.by);
  const request = readRequest({ ...options, references: words });
  const plan = planDeploy(paths, request);
  if (options.dryRun) {
    print(options, planView(plan), () => section(plan.request.name, planRows(plan)));
    return 0;
  }
  if (!options.json) console.error(`${section(plan.request.name, planRows(plan))}\n`);
  if (!(await agreed(plan, options))) return 1;
  const references = options.watch ? partReferences(plan) : { moving: [], fixed: [] };
  // What is pushed while it is deployed is to be deployed as well.
  const commits = await commitsOf(references.moving);
  const manner = { holder, wait: options.wait, show: showFor(options.json) };
  const record = await untilInterrupted((signal) => runDeployment(paths, plan, { ...manner, signal }));
  print(options, ofRecord(record), () => summary(record));
  if (!options.watch) return 0;
  const { watch } = await import("./watch.js");
  return watch(paths, { request, record, references, commits }, manner);
}

function print({ json }: DeployOptions, value: unknown, text: () => string): void {
  console.log(json ? JSON.stringify(value, null, 2) : text());
}

/** Where the instance is, for how long, and what can be done with it. */
function summary(record: InstanceRecord): string {
  return `\n${section(record.name, liveRows(record))}\n\n${section("Next", nextRows(record))}`;
}

/** Asks on a terminal; without one nobody is asked, as a test instance is nobody else's. */
async function agreed({ request }: DeployPlan, { yes, json }: DeployOptions): Promise<boolean> {
  if (yes || json || !process.stdin.isTTY || !process.stdout.isTTY) return true;
  const questions = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y(es)?)?$/i.test((await questions.question(`Deploy ${request.name}? [Y/n] `)).trim());
  } finally {
    questions.close();
  }
}
