import { RULES } from "../../../policy/registry";
import type { PolicyResource, PolicyStack } from "../../../policy/resource";
import { isAbout, type Rule } from "../../../policy/rule";
import type { Draft } from "../real";

/** A way to break a rule, which the rule claims to catch wherever the way can be gone. */
export interface Mutation {
  readonly rule: Rule;
  /** What is done. */
  readonly what: string;
  /** Whether it can be done to a resource. @default to all that the rule is about */
  readonly to?: (resource: PolicyResource, stack: PolicyStack) => boolean;
  /**
   * Does it.
   *
   * @param choice - Any whole number, by which to choose among what is as bad.
   */
  readonly change: (draft: Draft, choice: number, stack: PolicyStack) => unknown;
}

/** One of a list, by any whole number. */
export function pick<T>(list: readonly T[], choice: number): T {
  if (list.length === 0) throw new Error("there is nothing to choose from");
  return list[choice % list.length] as T;
}

/** A rule by its id. @throws Error when there is none. */
export function ruleOf(id: string): Rule {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}

/** Whether a mutation can be done to a resource. */
export function applies({ rule, to }: Mutation, resource: PolicyResource, stack: PolicyStack): boolean {
  return isAbout(rule, resource) && (to?.(resource, stack) ?? true);
}

/** A field of a resource's inputs, deep in it. */
export function at({ inputs }: Pick<PolicyResource, "inputs">, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], inputs);
}

/** Kind of a resource. */
export function kindOf({ type }: Pick<PolicyResource, "type">): string {
  return type.slice(type.lastIndexOf(":") + 1);
}
