import { setImmediate } from "node:timers/promises";

import * as pulumi from "@pulumi/pulumi";

import type { StackName } from "../stacks/settings/names";
import { judge, mandatoryRules, type Finding } from "./findings";
import { refusal } from "./refusal";
import type { PolicyResource } from "./resource";
import type { Rule } from "./rule";
import { sentValues, writtenValues } from "./values";

/**
 * Runs the mandatory rules in the program itself, so that staging and production obey them however `pulumi` was
 * called. Call it before the first resource and after every other stack transformation.
 *
 * What is wrong in values that the program wrote down stops every resource, with all findings in one error. What
 * comes to light only with another resource's outputs stops the resource itself and those that need it.
 */
export function installGuard(stack: Pick<StackName, "name" | "deployment">): void {
  if (stack.deployment === "dev") return;
  pulumi.runtime.registerStackTransformation(guard(stack.name, mandatoryRules(stack.deployment)));
}

/** The transformation that holds each resource back until it and all that is written down have been checked. */
export function guard(stackName: string, rules: readonly Rule[]): pulumi.ResourceTransformation {
  const written: Finding[] = [];
  let programRead: Promise<void> | undefined;
  // One and the same error for all, which the engine's host then prints once.
  let refused: Error | undefined;

  async function check(args: pulumi.ResourceTransformationArgs, undecided: readonly Rule[]): Promise<void> {
    await programRead;
    if (written.length > 0) throw (refused ??= refusal(stackName, written, []));
    if (undecided.length === 0) return;
    const { inputs, secrets } = await sentValues(args.name, args.props);
    const { findings } = judge(seen(args, inputs), undecided);
    if (findings.length > 0) throw refusal(stackName, findings, secrets);
  }

  return (args) => {
    // What is only read is somebody else's.
    if (!(args.resource instanceof pulumi.CustomResource) || args.opts.id !== undefined) return undefined;
    const { findings, undecided } = judge(seen(args, writtenValues(args.props)), rules);
    written.push(...findings);
    // The program's body runs to its end before this resolves.
    programRead ??= setImmediate();
    const checked = check(args, undecided);
    // The resource fails with it; here it must only not count as unhandled.
    checked.catch(() => undefined);
    return { props: args.props, opts: { ...args.opts, dependsOn: after(checked, args.opts.dependsOn) } };
  };
}

function seen(
  { type, name, opts }: pulumi.ResourceTransformationArgs,
  inputs: PolicyResource["inputs"],
): PolicyResource {
  return { type, name, inputs, protect: opts.protect === true };
}

/**
 * The same dependencies, known only once the check has passed. A resource waits for them before it is registered;
 * an input would do as well, but made an output it would be unknown to those who look at it.
 */
function after(
  checked: Promise<void>,
  dependsOn: pulumi.ResourceOptions["dependsOn"],
): NonNullable<pulumi.ResourceOptions["dependsOn"]> {
  return checked.then(() => dependsOn ?? []) as Promise<pulumi.Resource[]>;
}
