import { setImmediate } from "node:timers/promises";

import type * as pulumi from "@pulumi/pulumi";

import type { Exceptions } from "./exceptions";
import { judge, type Finding, type Verdict } from "./findings";
import { refusal } from "./refusal";
import type { PolicyResource, PolicyStack } from "./resource";
import { seesStack, type Rule } from "./rule";
import { sentValues, writtenValues } from "./values";

/** A resource of a program, and how far it has been judged. */
interface Member {
  readonly args: pulumi.ResourceTransformationArgs;
  /** With all values that are known by now. */
  resource: PolicyResource;
  /** Whether these are all of them. */
  isComplete: boolean;
  /** Rules of its own that a value was not known for. */
  undecided: readonly Rule[];
  /** What came to light after the program had been read. */
  readonly late: Finding[];
  /** Whether it has been let go. */
  passed: boolean;
}

/** What a program has asked for so far, judged as its values become known. */
export class GuardedStack {
  readonly #members: Member[] = [];
  readonly #written: Finding[] = [];
  /** What has been said already: rules about the whole stack are run again whenever more of it is known. */
  readonly #said = new Set<string>();
  readonly #ownRules: readonly Rule[];
  readonly #stackRules: readonly Rule[];
  readonly #secrets = new Set<string>();
  /** How many members have been judged in one another's company: a program lets its provider out, and goes on. */
  #judged = 0;
  /** Where all that became known in one turn is judged together. */
  #round: Promise<readonly Finding[]> | undefined;
  // One and the same error for all, which the engine's host then prints once.
  #refused: Error | undefined;

  constructor(
    readonly name: string,
    rules: readonly Rule[],
    readonly exceptions: Exceptions,
  ) {
    this.#ownRules = rules.filter((rule) => !seesStack(rule));
    this.#stackRules = rules.filter(seesStack);
  }

  /** Takes a resource in, and judges what of it is written down. */
  add(args: pulumi.ResourceTransformationArgs): Member {
    const { inputs, isComplete } = writtenValues(args.props);
    const resource = seen(args, inputs);
    const { findings, undecided } = this.#judge(resource, this.#ownRules);
    this.#written.push(...findings);
    const member = { args, resource, isComplete, undecided, late: [], passed: false };
    this.#members.push(member);
    return member;
  }

  /**
   * Judges a resource whose program has been read to its end, once its values are known.
   * @throws RunError with what is wrong with it, or with anything that the program wrote down.
   */
  async check(member: Member): Promise<void> {
    if (this.#judged < this.#members.length) this.#judgeTogether();
    if (this.#written.length > 0) throw (this.#refused ??= refusal(this.name, this.#written, []));
    if (member.undecided.length > 0 || this.#isOpen()) await this.#judgeKnown(member);
    member.passed = true;
  }

  /** Judges everything in the company of everything else, as far as it is written down. */
  #judgeTogether(): void {
    this.#judged = this.#members.length;
    if (this.#members.every(({ args }) => args.type.startsWith("pulumi:providers:"))) return;
    this.#written.push(...this.#unsaid(this.exceptions.findings()));
    const stack = this.#seenNow();
    for (const member of this.#members) {
      this.#written.push(...this.#judge(member.resource, this.#stackRules, stack).findings);
    }
  }

  async #judgeKnown(member: Member): Promise<void> {
    const { inputs, secrets, isComplete } = await sentValues(member.args.name, member.args.props);
    member.resource = seen(member.args, inputs);
    this.#round ??= setImmediate(this.#isOpen()).then((wasOpen) => this.#judgeAgain(wasOpen));
    member.isComplete = isComplete;
    for (const secret of secrets) this.#secrets.add(secret);
    const missed = await this.#round;
    const findings = [...member.late, ...missed];
    if (findings.length > 0) throw refusal(this.name, findings, this.#secrets);
  }

  /**
   * Judges again what was undecided, and everything in the company of everything else.
   *
   * @param wasOpen - Whether the latter has not been judged with all values known.
   * @returns what is wrong with resources that can no longer be stopped: then those are that brought it to light.
   */
  #judgeAgain(wasOpen: boolean): readonly Finding[] {
    this.#round = undefined;
    const stack = this.#seenNow();
    const missed: Finding[] = [];
    for (const member of this.#members) {
      const { findings, undecided } = this.#judge(member.resource, member.undecided);
      member.undecided = undecided;
      const together = wasOpen ? this.#judge(member.resource, this.#stackRules, stack).findings : [];
      (member.passed ? missed : member.late).push(...findings, ...together);
    }
    return missed;
  }

  /** Whether a value is not known yet. */
  #isOpen(): boolean {
    return this.#stackRules.length > 0 && this.#members.some(({ isComplete }) => !isComplete);
  }

  /** What rules say that they have not said before, but for what is excepted. */
  #judge(resource: PolicyResource, rules: readonly Rule[], stack?: PolicyStack): Verdict {
    const { findings, undecided } = judge(resource, rules, stack);
    return {
      findings: this.#unsaid(findings.filter((finding) => !this.exceptions.allow(finding))),
      undecided,
    };
  }

  #unsaid(findings: readonly Finding[]): Finding[] {
    return findings.filter(({ rule, where, problem }) => {
      const text = `${rule.id} ${where} ${problem}`;
      const isNew = !this.#said.has(text);
      this.#said.add(text);
      return isNew;
    });
  }

  #seenNow(): PolicyStack {
    return { name: this.name, resources: this.#members.map(({ resource }) => resource) };
  }
}

function seen(
  { type, name, opts }: pulumi.ResourceTransformationArgs,
  inputs: PolicyResource["inputs"],
): PolicyResource {
  const { protect = false, ignoreChanges = [], retainOnDelete = false, deletedWith } = opts;
  const { deleteBeforeReplace = false } = opts as pulumi.CustomResourceOptions;
  return {
    type,
    name,
    inputs,
    protect,
    ignoreChanges,
    deleteBeforeReplace,
    retainOnDelete,
    ...(deletedWith !== undefined && { deletedWith: identity(deletedWith) }),
  };
}

/** Type and name of a resource, which the SDK keeps in fields of its own. */
function identity(resource: pulumi.Resource): Pick<PolicyResource, "type" | "name"> {
  const { __pulumiType: type, __name: name } = resource as unknown as {
    readonly __pulumiType: string;
    readonly __name?: string;
  };
  return { type, name: name ?? "" };
}
