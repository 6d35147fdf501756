import { setImmediate } from "node:timers/promises";

import * as pulumi from "@pulumi/pulumi";

import { installGuard } from "../policy/guard";
import { packit } from "./packit";
import { clusterProvider } from "./parts/cluster";
import { jobPrograms } from "./parts/job-programs";
import { runPlainly } from "./plain-error";
import { readme } from "./readme";
import { filesIn, loadStack, parseStackName, requirePackit, stackConfig } from "./settings";
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

async function program(root: string): Promise<Record<string, unknown>> {
  const stack = requirePackit(parseStackName(pulumi.getStack()));
  const config = stackConfig(pulumi.runtime.allConfig(), configSecretKeys());
  const input = loadStack(stack, config, filesIn(root), { local: process.env.LOCAL === "1" });
  installGuard(stack);
  const provider = clusterProvider(input.settings, root);
  // Lets its registration out, which gRPC takes up in one turn and writes in the next: the engine starts the plugin
  // while the rest is built here.
  await setImmediate();
  await setImmediate();
  const build = stack.kind === "test-instance" ? testInstance : packit;
  const deployed = build(input, provider, jobPrograms(root));
  return { ...deployed, readme: readme(input.settings, deployed) };
}

/** Names of the settings that are encrypted in the stack's file. */
function configSecretKeys(): string[] {
  const listed: unknown = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]");
  return Array.isArray(listed) ? listed.map(String) : [];
}
