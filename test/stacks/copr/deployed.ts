import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { copr } from "../../../stacks/copr";
import { coprBuilders } from "../../../stacks/parts/copr/builders";
import { clusterProvider } from "../../../stacks/parts/cluster";
import { jobPrograms } from "../../../stacks/parts/job-programs";
import { filesIn, parseStackName } from "../../../stacks/settings";
import { hasBuilders } from "../../../stacks/settings/copr/fleet";
import { type CoprInput, loadCoprStack } from "../../../stacks/settings/copr/load";
import type { CoprStackName } from "../../../stacks/settings/names";
import { readPlainFile } from "../../../stacks/settings/plain-files";
import { overlay, type Tree } from "../../../stacks/settings/tree";
import { runMocked, type Stack } from "../../support/mocks";
import { ClusterObjects } from "../../support/objects";
import { SHARED } from "../settings/copr/loading";

const ROOT = join(__dirname, "../../..");

const { aws, backup, cluster, secrets } = SHARED;

/** What production does not come without: a digest of each image. */
const PIN = { pin: `sha256:${"5".repeat(64)}` };
const PINNED: Tree = {
  images: Object.fromEntries(
    ["frontend", "backend", "results", "distGit", "keygen", "resalloc", "pulp"].map((use) => [use, PIN]),
  ),
  database: { image: PIN },
  keyValue: { image: PIN },
};

/** Settings that a stack is tried with, on top of its file. */
const CASES = {
  "copr-dev": {},
  "copr-stg": { aws, backup, cluster },
  "copr-prod": { aws, backup, cluster, ...PINNED },
} as const satisfies Readonly<Record<string, Tree>>;

/** The Coprs whose objects are looked at as a whole. */
export const COPRS = Object.keys(CASES) as readonly (keyof typeof CASES)[];

export type CoprUnderTest = (typeof COPRS)[number];

/** A stack as its program registers it. */
export interface DeployedCopr {
  readonly input: CoprInput;
  readonly stack: Stack;
  readonly objects: ClusterObjects;
}

/** Name of the stack, without the word that says what it has. */
export function coprNameOf(name: string): CoprStackName {
  const stack = parseStackName(name.replace(/, .*/, ""));
  if (stack.program !== "copr") throw new Error(`${name} is no stack of Copr`);
  return stack;
}

/**
 * Runs a stack's program against mocks, from its tracked settings and those on top.
 *
 * @param given - Secrets of a stack that is for others too.
 */
export async function deployCopr(
  name: string,
  changes: Tree = {},
  given: Tree = secrets,
): Promise<DeployedCopr> {
  const stackName = coprNameOf(name);
  const values = overlay(readPlainFile(filesIn(ROOT), stackName.name).settings, {
    ...changes,
    ...(stackName.deployment !== "dev" && { secrets: given }),
  });
  const input = loadCoprStack(stackName, { values, secretKeys: new Set(["secrets"]) });
  const parts = { build: coprBuilders, reaper: () => new pulumi.asset.AssetArchive({}) };
  const stack = await runMocked(() =>
    copr(
      input,
      clusterProvider(input.settings, ROOT),
      jobPrograms(ROOT),
      hasBuilders(input.settings) ? parts : undefined,
    ),
  );
  return { input, stack, objects: new ClusterObjects(stack.resources) };
}

const deployments = new Map<CoprUnderTest, Promise<DeployedCopr>>();

/** The same, once for all tests. */
export function deployedCopr(name: CoprUnderTest): Promise<DeployedCopr> {
  const running = deployments.get(name) ?? deployCopr(name, CASES[name]);
  deployments.set(name, running);
  return running;
}
