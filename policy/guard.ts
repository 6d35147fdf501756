import { setImmediate } from "node:timers/promises";

import * as pulumi from "@pulumi/pulumi";

import type { StackName } from "../stacks/settings/names";
import { Exceptions } from "./exceptions";
import { mandatoryRules } from "./findings";
import { GuardedStack } from "./guarded-stack";
import type { Rule } from "./rule";
import { whereIs } from "./where";

/**
 * Runs the mandatory rules in the program itself, so that staging and production obey them however `pulumi` was
 * called. Call it before the first resource and after every other stack transformation.
 *
 * What is wrong in values that the program wrote down stops every resource, with all findings in one error. What
 * comes to light only with another resource's outputs stops the resource itself and those that need it.
 */
export function installGuard(
  stack: Pick<StackName, "name" | "deployment">,
  exceptions: Exceptions = new Exceptions(),
): void {
  if (stack.deployment === "dev") return;
  pulumi.runtime.registerStackTransformation(
    guard(stack.name, mandatoryRules(whereIs(stack.name)), exceptions),
  );
}

/** The transformation that holds each resource back until it and all that is written down have been checked. */
export function guard(
  stackName: string,
  rules: readonly Rule[],
  exceptions: Exceptions = new Exceptions(),
): pulumi.ResourceTransformation {
  const stack = new GuardedStack(stackName, rules, exceptions);
  let programRead: Promise<unknown> | undefined;

  return (args) => {
    // What is only read is somebody else's.
    if (!(args.resource instanceof pulumi.CustomResource) || args.opts.id !== undefined) return undefined;
    const member = stack.add(args);
    // The program's body runs to its end before this resolves, or to where it lets its provider out.
    programRead ??= setImmediate().then(() => (programRead = undefined));
    const checked = programRead.then(() => stack.check(member));
    // The resource fails with it; here it must only not count as unhandled.
    checked.catch(() => undefined);
    return { props: args.props, opts: { ...args.opts, dependsOn: after(checked, args.opts.dependsOn) } };
  };
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
