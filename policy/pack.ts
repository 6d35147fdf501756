import type { ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

import { packConfiguration, packSchema, type PackConfiguration } from "./pack-configuration";
import { Exceptions, exceptionsHold } from "./exceptions";
import { advice, problemsOf, type Finding } from "./findings";
import { displayName } from "./kubernetes";
import { AREAS, RULES } from "./registry";
import type { PolicyResource, PolicyStack } from "./resource";
import { isAbout, seesStack, type Rule } from "./rule";
import { whereIs } from "./where";

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/**
 * The rules as the engine runs them with `--policy-pack`, and also for stacks that have no guard. One policy carries
 * all rules of an area, since the engine's host reads a resource anew for each policy, and a whole stack for each that
 * sees it.
 *
 * @param exceptions - Of the stack that is judged.
 */
export function packPolicies(exceptions: Exceptions = new Exceptions()): Policy[] {
  const asked = new Map<string, PolicyResource>();
  const areas = AREAS.flatMap(({ name, title, rules }) =>
    byEnforcement(
      name,
      rules.filter((rule) => !seesStack(rule)),
    ).map((carrier) => resourcePolicy(carrier, title, exceptions)),
  );
  const together = byEnforcement("together", RULES.filter(seesStack)).map((carrier) =>
    stackPolicy(carrier, "How the stack's resources refer to one another", exceptions, asked),
  );
  return [firstPolicy(exceptions, asked), ...areas, ...together];
}

/** Rules that the engine runs as one policy. */
interface Carrier {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly enforcement: Rule["enforcement"];
}

function byEnforcement(name: string, rules: readonly Rule[]): Carrier[] {
  return (["mandatory", "advisory"] as const)
    .map((enforcement) => ({
      name: enforcement === "mandatory" ? name : `${name}-advice`,
      rules: rules.filter((rule) => rule.enforcement === enforcement),
      enforcement,
    }))
    .filter(({ rules: carried }) => carried.length > 0);
}

function about({ name, rules, enforcement }: Carrier, title: string) {
  return { name, description: title, enforcementLevel: enforcement, configSchema: packSchema(rules) };
}

function resourcePolicy(carrier: Carrier, title: string, exceptions: Exceptions): ResourceValidationPolicy {
  return {
    ...about(carrier, title),
    validateResource: (args, report) => {
      const rules = carrier.rules.filter((rule) => isAbout(rule, args));
      if (rules.length === 0) return;
      const run = new Run(stackOf(args.urn), args.getConfig(), exceptions);
      run.judge(rules, seen(args), report);
      run.end();
    },
  };
}

/** @param asked - What was asked for, by URN: whatever else is there is only read, and somebody else's. */
function stackPolicy(
  carrier: Carrier,
  title: string,
  exceptions: Exceptions,
  asked: ReadonlyMap<string, PolicyResource>,
): StackValidationPolicy {
  return {
    ...about(carrier, title),
    validateStack: (args, report) => {
      const [first] = args.resources;
      if (first === undefined) return;
      const name = stackOf(first.urn);
      // The engine shows what has become of each; rules look at what is asked for, as in the guard.
      const resources = args.resources.map((resource) => asked.get(resource.urn) ?? seen(resource));
      const run = new Run(name, args.getConfig(), exceptions);
      args.resources.forEach(({ urn }, index) => {
        const resource = resources[index];
        if (resource === undefined || !asked.has(urn)) return;
        run.judge(
          carrier.rules,
          resource,
          (message) => {
            report(message, urn);
          },
          { name, resources },
        );
      });
      run.end();
    },
  };
}

/**
 * Notes what is asked for, and says with the stack's own resource, which comes first, what is wrong with its
 * exceptions.
 */
function firstPolicy(exceptions: Exceptions, asked: Map<string, PolicyResource>): ResourceValidationPolicy {
  return {
    name: "exceptions",
    description: exceptionsHold.title,
    enforcementLevel: exceptionsHold.enforcement,
    validateResource: (args, report) => {
      asked.set(args.urn, seen(args));
      if (args.type !== "pulumi:pulumi:Stack") return;
      for (const finding of exceptions.findings()) report(messageOf(finding));
    },
  };
}

/** One policy at work. */
class Run {
  readonly #where;
  /** A value was not known; the others are looked at all the same. */
  #unknown: unknown;

  constructor(
    stackName: string,
    readonly configuration: PackConfiguration,
    readonly exceptions: Exceptions,
  ) {
    this.#where = whereIs(stackName);
  }

  judge(
    rules: readonly Rule[],
    resource: PolicyResource,
    report: ReportViolation,
    stack?: PolicyStack,
  ): void {
    for (const rule of rules) {
      if (!rule.holdsIn.includes(this.#where)) continue;
      try {
        const configuration = packConfiguration(rule, this.configuration);
        for (const problem of problemsOf(rule, resource, stack, configuration)) {
          const finding = { rule, where: displayName(resource), problem };
          if (!this.exceptions.allow(finding)) report(messageOf(finding));
        }
      } catch (error) {
        this.#unknown ??= error;
      }
    }
  }

  /** @throws what a value that is not known yet has thrown: the engine then says that not all could be judged. */
  end(): void {
    if (this.#unknown !== undefined) throw this.#unknown as Error;
  }
}

function messageOf({ rule, problem }: Finding): string {
  return `${problem} [${rule.id}]\n${advice(rule)}`;
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
