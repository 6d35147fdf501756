import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

import { advice, problemsOf } from "./findings";
import { RULES } from "./registry";
import type { PolicyResource } from "./resource";
import {
  defaultConfiguration,
  isAbout,
  seesStack,
  type ResourceRule,
  type Rule,
  type StackRule,
} from "./rule";
import { whereIs } from "./where";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/** The rules as the engine runs them with `--policy-pack`, and also for stacks that have no guard. */
export function packPolicies(): Policy[] {
  return RULES.map((rule) => (seesStack(rule) ? stackPolicy(rule) : resourcePolicy(rule)));
}

function about(rule: Rule) {
  return {
    name: rule.id,
    description: rule.title,
    enforcementLevel: rule.enforcement,
    remediationSteps: rule.fix,
    severity: rule.severity,
    configSchema: configSchema(rule),
  };
}

function resourcePolicy(rule: ResourceRule): ResourceValidationPolicy {
  return {
    ...about(rule),
    validateResource: (args, report) => {
      if (!isAbout(rule, args)) return;
      if (!rule.holdsIn.includes(whereIs(stackOf(args.urn))))
        args.notApplicable(`it holds in ${rule.holdsIn.join(", ")}`);
      // A value that is not known yet throws when read; the engine then says that the rule could not be run.
      for (const problem of problemsOf(rule, seen(args), undefined, {
        ...defaultConfiguration(rule),
        ...args.getConfig<object>(),
      }))
        report(`${problem}\n${advice(rule)}`);
    },
  };
}

function stackPolicy(rule: StackRule): StackValidationPolicy {
  return {
    ...about(rule),
    validateStack: (args, report) => {
      const [first] = args.resources;
      if (first === undefined) return;
      const name = stackOf(first.urn);
      if (!rule.holdsIn.includes(whereIs(name))) args.notApplicable(`it holds in ${rule.holdsIn.join(", ")}`);
      const configuration = { ...defaultConfiguration(rule), ...args.getConfig<object>() };
      const resources = args.resources.map(seen);
      let unknown: unknown;
      args.resources.forEach(({ urn }, index) => {
        const resource = resources[index];
        if (resource === undefined) return;
        try {
          for (const problem of problemsOf(rule, resource, { name, resources }, configuration))
            report(`${problem}\n${advice(rule)}`, urn);
        } catch (error) {
          // The others are looked at all the same; then the engine says that the rule could not be run.
          unknown ??= error;
        }
      });
      if (unknown !== undefined) throw unknown as Error;
    },
  };
}

type Analyzed = Pick<
  Parameters<NonNullable<StackValidationPolicy["validateStack"]>>[0]["resources"][number],
  "type" | "name" | "props" | "opts"
>;

function seen({ type, name, props, opts }: Analyzed): PolicyResource {
  const { protect, ignoreChanges, deleteBeforeReplace = false } = opts;
  return { type, name, inputs: props, protect, ignoreChanges, deleteBeforeReplace };
}

/** Read from a URN: `urn:pulumi:<stack>::<project>::<type>::<name>`. */
function stackOf(urn: string): string {
  return urn.split(":")[2] ?? "";
}

function configSchema({ configuration = {} }: Rule): NonNullable<Policy["configSchema"]> {
  const properties = Object.entries(configuration).map(([name, { description, default: value }]) => [
    name,
    typeof value === "number"
      ? { type: "number" as const, description, default: value }
      : { type: "array" as const, items: { type: "string" as const }, description, default: [...value] },
  ]);
  return { properties: Object.fromEntries(properties) as NonNullable<Policy["configSchema"]>["properties"] };
}
