import type { ResourceValidationPolicy } from "@pulumi/policy";

import { parseStackName, type Deployment } from "../stacks/settings/names";
import { advice } from "./findings";
import { RULES } from "./registry";
import type { Rule } from "./rule";

/** The rules as the engine runs them with `--policy-pack`, and also for stacks that have no guard. */
export function packPolicies(): ResourceValidationPolicy[] {
  return RULES.map(policyOf);
}

function policyOf(rule: Rule): ResourceValidationPolicy {
  return {
    name: rule.id,
    description: rule.title,
    enforcementLevel: rule.enforcement,
    remediationSteps: rule.fix,
    validateResource: (args, report) => {
      if (!rule.holdsIn.includes(deploymentOf(args.urn)))
        args.notApplicable(`it holds in ${rule.holdsIn.join(", ")}`);
      const { type, name, props, opts } = args;
      // A value that is not known yet throws when read; the engine then says that the rule could not be run.
      for (const problem of rule.check({ type, name, inputs: props, protect: opts.protect }))
        report(`${problem}\n${advice(rule)}`);
    },
  };
}

/** Read from a URN: `urn:pulumi:<stack>::<project>::<type>::<name>`. A foreign stack is held to all rules. */
function deploymentOf(urn: string): Deployment {
  const stack = urn.split(":")[2] ?? "";
  try {
    return parseStackName(stack).deployment;
  } catch {
    return "prod";
  }
}
