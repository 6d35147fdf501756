import { displayName } from "./kubernetes";
import { RULES } from "./registry";
import { UnknownValue, type PolicyResource, type PolicyStack } from "./resource";
import { defaultConfiguration, isAbout, seesStack, type Configuration, type Rule } from "./rule";
import type { Where } from "./where";

/** One thing that a rule found wrong with one resource. */
export interface Finding {
  readonly rule: Rule;
  /** Kind and name of the resource. */
  readonly where: string;
  readonly problem: string;
}

/** The rules that stop a deployment. */
export function mandatoryRules(where: Where): readonly Rule[] {
  return RULES.filter((rule) => rule.enforcement === "mandatory" && rule.holdsIn.includes(where));
}

/** What rules say of a resource, as far as its values are known. */
export interface Verdict {
  readonly findings: readonly Finding[];
  /** Rules that came upon a value that is not known yet. What the others say is final. */
  readonly undecided: readonly Rule[];
}

/**
 * Runs rules over a resource.
 *
 * @param stack - What it is in. Absent: rules that need to see it are left out.
 */
export function judge(resource: PolicyResource, rules: readonly Rule[], stack?: PolicyStack): Verdict {
  const findings: Finding[] = [];
  const undecided: Rule[] = [];
  for (const rule of rules) {
    try {
      for (const problem of problemsOf(rule, resource, stack))
        findings.push({ rule, where: displayName(resource), problem });
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      undecided.push(rule);
    }
  }
  return { findings, undecided };
}

/** What one rule says of a resource; nothing when it is about other kinds, or needs a stack that is not given. */
export function problemsOf(
  rule: Rule,
  resource: PolicyResource,
  stack?: PolicyStack,
  configuration: Configuration = defaultConfiguration(rule),
): Iterable<string> {
  if (!isAbout(rule, resource)) return [];
  if (!seesStack(rule)) return rule.check(resource, configuration);
  return stack === undefined ? [] : rule.checkInStack(resource, stack, configuration);
}

/** Why a rule is there and how to hold to it, below a finding's sentence. */
export function advice(rule: Rule): string {
  return `  why: ${rule.why}\n  fix: ${rule.fix}`;
}
