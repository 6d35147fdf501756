import type { PolicyResource, PolicyStack } from "./resource";
import type { Where } from "./where";

/** How bad it is when a rule is broken: `critical` loses data or opens a door, `low` is a nuisance. */
export type Severity = "low" | "medium" | "high" | "critical";

/** The tools whose checks people know. */
export type Tool = "checkov" | "gatekeeper" | "kubeLinter" | "kubeScore" | "kyverno" | "polaris";

/** Names of a rule's counterparts, by tool. */
export type Counterparts = Readonly<Partial<Record<Tool, readonly string[]>>>;

/** Values by which a rule can be tuned, by name. */
export type Configuration = Readonly<Record<string, number | readonly string[]>>;

/** What a value of the configuration means, and what it is unless the pack is told otherwise. */
export interface Parameter<T = number | readonly string[]> {
  readonly description: string;
  readonly default: T;
}

interface About<C extends Configuration> {
  /** Area and name, as in its file's path: `images/pinned`. */
  readonly id: string;
  /** What it demands, in one sentence. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to change. */
  readonly fix: string;
  readonly severity: Severity;
  /**
   * Kinds that it is about: `Deployment` for Kubernetes' own and its extensions', whole type tokens for other providers
   * (`aws:ec2/securityGroup:SecurityGroup`). The rule is shown no other.
   */
  readonly kinds: readonly string[] | "all";
  /** Kinds of stack that it holds in. */
  readonly holdsIn: readonly Where[];
  /** Whether a finding stops the deployment or is only shown. */
  readonly enforcement: "mandatory" | "advisory";
  /** The merged checks of the field that it covers, as `policy/checks/` calls them. @default none */
  readonly covers?: readonly string[];
  /** What well-known tools call it. @default none has it */
  readonly counterparts?: Counterparts;
  /** What of it can be tuned. @default nothing */
  readonly configuration?: { readonly [Key in keyof C]: Parameter<C[Key]> };
}

/** Something that every resource of certain stacks must hold to, taken by itself. */
export interface ResourceRule<C extends Configuration = Configuration> extends About<C> {
  /**
   * Says what is wrong with a resource, one sentence each; nothing when all is well. Depends on its arguments alone.
   * Reading a value that is not known yet throws and leaves the rest open.
   */
  check(resource: PolicyResource, configuration: C): Iterable<string>;
}

/** Something that every resource must hold to in the company of the others: selectors, references, unique names. */
export interface StackRule<C extends Configuration = Configuration> extends About<C> {
  /**
   * Says what is wrong with a resource in its stack, as {@link ResourceRule.check} does. Whatever it reads of the
   * others can throw as well.
   */
  checkInStack(resource: PolicyResource, stack: PolicyStack, configuration: C): Iterable<string>;
}

export type Rule = ResourceRule | StackRule;

/** Whether a rule needs to see the whole stack. */
export function seesStack(rule: Rule): rule is StackRule {
  return "checkInStack" in rule;
}

/** The configuration of a rule that nobody has tuned. */
export function defaultConfiguration({ configuration = {} }: Pick<Rule, "configuration">): Configuration {
  const entries = Object.entries(configuration).map(([name, parameter]) => [name, parameter.default]);
  return Object.fromEntries(entries) as Configuration;
}

/** Whether a rule is about a resource's kind. */
export function isAbout({ kinds }: Pick<Rule, "kinds">, { type }: Pick<PolicyResource, "type">): boolean {
  return (
    kinds === "all" ||
    kinds.includes(type) ||
    (type.startsWith("kubernetes:") && kinds.includes(type.slice(type.lastIndexOf(":") + 1)))
  );
}

/** Rules that belong together, and the merged checks of the field in their area. */
export interface Area {
  /** As in the rules' ids and paths. */
  readonly name: string;
  /** In one line, what it is about. */
  readonly title: string;
  readonly rules: readonly Rule[];
  /** Checks of the field that have no rule here, with the reason. @default none */
  readonly leftOut?: Readonly<Record<string, string>>;
}
