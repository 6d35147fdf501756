import type { Deployment } from "../stacks/settings/names";
import { displayName } from "./kubernetes";
import { RULES } from "./registry";
import { UnknownValue, type PolicyResource } from "./resource";
import type { Rule } from "./rule";

/** One thing that a rule found wrong with one resource. */
export interface Finding {
  readonly rule: Rule;
  /** Kind and name of the resource. */
  readonly where: string;
  readonly problem: string;
}

/** The rules that stop a deployment. */
export function mandatoryRules(deployment: Deployment): readonly Rule[] {
  return RULES.filter((rule) => rule.enforcement === "mandatory" && rule.holdsIn.includes(deployment));
}

/** What rules say of a resource, as far as its values are known. */
export interface Verdict {
  readonly findings: readonly Finding[];
  /** Rules that came upon a value that is not known yet. What the others say is final. */
  readonly undecided: readonly Rule[];
}

/** Runs rules over a resource. */
export function judge(resource: PolicyResource, rules: readonly Rule[]): Verdict {
  const findings: Finding[] = [];
  const undecided: Rule[] = [];
  for (const rule of rules) {
    try {
      for (const problem of rule.check(resource))
        findings.push({ rule, where: displayName(resource), problem });
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      undecided.push(rule);
    }
  }
  return { findings, undecided };
}

/** Why a rule is there and how to hold to it, below a finding's sentence. */
export function advice(rule: Rule): string {
  return `  why: ${rule.why}\n  fix: ${rule.fix}`;
}
