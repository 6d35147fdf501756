import type { Finding } from "./findings";
import { RULES } from "./registry";
import type { ResourceRule } from "./rule";
import { EVERYWHERE } from "./where";

/** One rule that does not hold for one resource, for a time. */
export interface Exception {
  readonly rule: string;
  /** Kind and name: `Deployment/nginx`. */
  readonly resource: string;
  readonly reason: string;
  /** Last day on which it holds, as `2027-01-31`. */
  readonly until: string;
}

/** Where exceptions are written. */
export const SETTING = "packit:policyExceptions";

/** Exceptions end. What it finds is in the settings, not in a resource. */
export const exceptionsHold: ResourceRule = {
  id: "policy/exceptions",
  title: "Exceptions from the policy hold",
  why: "an exception that nobody looks at again is a rule less",
  fix: `mend the resource and take the exception out of ${SETTING}, or give it another date and say why`,
  severity: "high",
  kinds: [],
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  check: () => [],
};

/** A stack's exceptions on a certain day. */
export class Exceptions {
  readonly #list: readonly Exception[];
  readonly #today: string;

  /** @param now - Start of the run. */
  constructor(list: readonly Exception[] = [], now: Date = new Date(0)) {
    this.#list = list;
    this.#today = now.toISOString().slice(0, 10);
  }

  /** Whether a finding is allowed. */
  allow({ rule, where }: Finding): boolean {
    return this.#list.some(
      (exception) =>
        exception.rule === rule.id && exception.resource === where && exception.until >= this.#today,
    );
  }

  /** Those that are over, and those that mean no rule. */
  findings(): readonly Finding[] {
    return this.#list.flatMap(({ rule, resource, until }) => {
      const problem =
        until < this.#today
          ? `the exception of ${resource} from ${rule} ended on ${until}`
          : !RULES.some(({ id }) => id === rule) &&
            `there is no rule ${rule}, which ${resource} is excepted from`;
      return problem === false ? [] : [{ rule: exceptionsHold, where: SETTING, problem }];
    });
  }
}
