import { Exceptions } from "../exceptions";
import { judge } from "../findings";
import { RULES } from "../registry";
import { UnknownValue, type PolicyResource } from "../resource";
import type { Plan, State } from "./plan";
import { plain } from "./text";
import { isSecret, isUnknown } from "./values";

/**
 * What the pack's rules say of a stack as it would be, in words. They are run here, over what the preview shows,
 * since a pack in the engine costs more than everything else here.
 *
 * @param exceptions - Of the stack. @default none
 */
export function packRemarks({ stack, changes }: Plan, exceptions: Exceptions = new Exceptions()): string[] {
  const rules = RULES.filter(({ holdsIn }) => holdsIn.includes(stack.where));
  const resources = changes.flatMap(({ type, name, after, action }) =>
    after === undefined || action === "other" ? [] : [resourceOf(type, name, after)],
  );
  const whole = { name: stack.name, resources };
  return resources.flatMap((resource) =>
    judge(resource, rules, whole)
      .findings.filter((finding) => !exceptions.allow(finding))
      .map(({ where, problem, rule }) =>
        plain(`${where}: ${problem} [${rule.id}, ${rule.enforcement}]`, 300),
      ),
  );
}

function resourceOf(type: string, name: string, state: State): PolicyResource {
  const { inputs, protect, retainOnDelete, ignoreChanges } = state;
  return {
    type,
    name,
    inputs: readable(inputs) as PolicyResource["inputs"],
    protect,
    retainOnDelete,
    ignoreChanges,
  };
}

/** A copy in which what is hidden or not known yet throws when it is read, as rules expect it. */
function readable(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  for (const [key, part] of Object.entries(value)) {
    const hidden = isUnknown(part) || isSecret(part);
    Object.defineProperty(copy, key, {
      enumerable: true,
      ...(hidden ? { get: unknown } : { value: readable(part) }),
    });
  }
  return copy;
}

function unknown(): never {
  throw new UnknownValue();
}
