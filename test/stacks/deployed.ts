import { join } from "node:path";

import { packit } from "../../stacks/packit";
import { clusterProvider } from "../../stacks/parts/cluster";
import { jobPrograms } from "../../stacks/parts/job-programs";
import {
  filesIn,
  loadSettings,
  parseStackName,
  requirePackit,
  type PackitStackName,
} from "../../stacks/settings";
import { readPlainFile } from "../../stacks/settings/plain-files";
import { overlay } from "../../stacks/settings/tree";
import { testInstance } from "../../stacks/test-instance";
import { ENVIRONMENTS } from "../support/environments";
import { runMocked, type Stack } from "../support/mocks";
import { ClusterObjects } from "../support/objects";
import { EVERYTHING, EVERY_SECRET } from "./everything";

const ROOT = join(__dirname, "../..");

/** The stacks whose objects are looked at as a whole; complete ones have what no environment has by itself, too. */
export const STACKS = [
  ...ENVIRONMENTS,
  "dev-pr-614",
  "fedora-ci-stg-pr-12",
  "dev, complete",
  "prod, complete",
] as const;

export type StackUnderTest = (typeof STACKS)[number];

/** Name of the stack, without the word that says what it has. */
export function stackNameOf(name: StackUnderTest): PackitStackName {
  return requirePackit(parseStackName(name.replace(/, .*/, "")));
}

/** A stack as its program registers it from the tracked settings, with made-up secrets. */
export interface DeployedStack {
  readonly stack: Stack;
  readonly objects: ClusterObjects;
}

const deployments = new Map<string, Promise<DeployedStack>>();

/** Runs a stack's program against mocks, once for all tests. */
export function deployed(name: StackUnderTest): Promise<DeployedStack> {
  const running = deployments.get(name) ?? deploy(name);
  deployments.set(name, running);
  return running;
}

async function deploy(name: StackUnderTest): Promise<DeployedStack> {
  const stackName = stackNameOf(name);
  const isComplete = name !== stackName.name;
  const files = filesIn(ROOT);
  const isTest = stackName.kind === "test-instance";
  const tracked = isTest ? {} : readPlainFile(files, stackName.name).settings;
  const values = isComplete ? overlay(tracked, EVERYTHING) : tracked;
  // The tracked settings name no cluster, and it makes no difference to the objects but for their StorageClass.
  const settings = loadSettings(stackName, { values, secretKeys: new Set() }, files, { local: true });
  const input = {
    settings,
    // What an environment may be given, and nothing can be made up for.
    secrets: isTest
      ? {}
      : {
          aws: { accessKeyId: "key", secretAccessKey: "secret" },
          sentry: { dsn: "https://sentry.example/1" },
          messaging: { ca: "ca", cert: "cert", key: "key" },
          ...EVERY_SECRET,
        },
  };
  const stack = await runMocked(() => {
    const provider = clusterProvider(input.settings, ROOT);
    return (isTest ? testInstance : packit)(input, provider, jobPrograms(ROOT));
  });
  return { stack, objects: new ClusterObjects(stack.resources) };
}
