import { setImmediate } from "node:timers/promises";

import * as pulumi from "@pulumi/pulumi";

import { Exceptions } from "../policy/exceptions";
import { installGuard } from "../policy/guard";
import type { BuilderParts } from "./copr";
import { packit, type SeldomParts } from "./packit";
import { clusterProvider } from "./parts/cluster";
import { jobPrograms } from "./parts/job-programs";
import { runPlainly } from "./plain-error";
import { readme } from "./readme";
import {
  type CoprStackName,
  filesIn,
  loadStack,
  type PackitStackName,
  parseStackName,
  type Settings,
  type StackConfig,
  stackConfig,
} from "./settings";
import { requireToken, testRepositoryOf } from "./settings/test-repository";
import { testInstance } from "./test-instance";

/**
 * Reads the stack's name and settings and runs the program that they belong to.
 *
 * @param root - Folder of the checkout.
 * @returns the stack's outputs.
 */
export function main(root: string): Promise<Record<string, unknown>> {
  return runPlainly(() => program(root));
}

function program(root: string): Promise<Record<string, unknown>> {
  const stack = parseStackName(pulumi.getStack());
  const config = stackConfig(pulumi.runtime.allConfig(), configSecretKeys());
  return stack.program === "copr" ? coprProgram(stack, config, root) : packitProgram(stack, config, root);
}

/** How every program is run. */
const OPTIONS = { local: process.env.LOCAL === "1" };

async function packitProgram(
  stack: PackitStackName,
  config: StackConfig,
  root: string,
): Promise<Record<string, unknown>> {
  const input = loadStack(stack, config, filesIn(root), OPTIONS);
  installGuard(stack, new Exceptions(input.settings.policyExceptions, new Date()));
  const seldom = await seldomParts(input.settings);
  const provider = clusterProvider(input.settings, root);
  await letOut();
  const build = stack.kind === "test-instance" ? testInstance : packit;
  const deployed = build(input, provider, jobPrograms(root), seldom);
  return { ...deployed, readme: readme(input.settings, deployed) };
}

/** What makes a test instance's own repository, with the library for GitHub. */
async function seldomParts(settings: Settings): Promise<SeldomParts> {
  if (testRepositoryOf(settings) === undefined) return {};
  requireToken(settings.stack.name, process.env.GITHUB_TOKEN);
  const { testRepository } = await import("./parts/test-repository.js");
  return { repository: testRepository };
}

async function coprProgram(
  stack: CoprStackName,
  config: StackConfig,
  root: string,
): Promise<Record<string, unknown>> {
  // Packit's stacks, which are most, start without it.
  const { copr, hasBuilders, loadCoprStack } = await import("./copr.js");
  const input = loadCoprStack(stack, config, OPTIONS);
  const parts = hasBuilders(input.settings) ? await builderParts(root) : undefined;
  installGuard(stack, new Exceptions(input.settings.policyExceptions, new Date()));
  const provider = clusterProvider(input.settings, root);
  await letOut();
  const deployed = copr(input, provider, jobPrograms(root), parts);
  return { ...deployed, readme: readme(input.settings, deployed) };
}

/** What makes builders, with the library for AWS. */
async function builderParts(root: string): Promise<BuilderParts> {
  const { coprBuilders: build } = await import("./parts/copr/builders.js");
  const { reaperArchive } = await import("./parts/copr/reaper.js");
  return { build, reaper: () => reaperArchive(root) };
}

/**
 * Lets the provider's registration out, which gRPC takes up in one turn and writes in the next: the engine starts the
 * plugin while the rest is built here.
 */
async function letOut(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/** Names of the settings that are encrypted in the stack's file. */
function configSecretKeys(): string[] {
  const listed: unknown = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]");
  return Array.isArray(listed) ? listed.map(String) : [];
}
