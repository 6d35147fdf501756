import { parsePath, type Path } from "../../frame/paths";
import { isProperties, type Plain, type PlainProperties } from "../../frame/values";
import { omit } from "../object";
import { listKeys, owners, union, within } from "./managed-fields";

/**
 * `object` without those of its ignored fields that another manager owns in `live`. Sent again they would conflict or,
 * forced, undo what the other one set: an image that a trigger has filled in would be rolled back at each update (D32).
 * Ignored fields that nobody else owns are sent on, for what is no longer sent is removed.
 */
export function withoutForeign(
  object: PlainProperties,
  live: PlainProperties,
  manager: string,
  ignored: readonly string[],
): PlainProperties {
  const others = owners(live).filter((owner) => owner.manager !== manager || owner.operation !== "Apply");
  const foreign = union(others.map((owner) => owner.fields));
  let kept: Plain = object;
  for (const path of ignored) kept = prune(kept, foreign, parsePath(path)) ?? kept;
  return isProperties(kept) ? kept : object;
}

/** Undefined stands for what is left out. */
function prune(value: Plain, foreign: PlainProperties, path: Path): Plain | undefined {
  const [step, ...rest] = path;
  const here = (key: string | number): boolean => step === undefined || step === "*" || step === key;
  if (isProperties(value)) {
    const kept: PlainProperties = {};
    for (const [key, item] of Object.entries(value)) {
      const owned = foreign[`f:${key}`];
      const inner = here(key) && isProperties(owned) ? pruneOwned(item, owned, rest) : item;
      if (inner !== undefined) kept[key] = inner;
    }
    return kept;
  }
  if (!Array.isArray(value)) return value;
  const keys = listKeys(foreign);
  if (keys === undefined) return value;
  return value.map((item, i) => {
    if (!here(i)) return item;
    // The keys of an item stay: without them it is nobody's.
    const keyFields = keys.map((key) => `f:${key}`);
    return prune(item, omit(within(foreign, item), keyFields), rest) ?? item;
  });
}

function pruneOwned(value: Plain, owned: PlainProperties, rest: Path): Plain | undefined {
  // Nothing below: the other one owns the field as a whole, such as a list that cannot be shared.
  return Object.keys(owned).length === 0 ? undefined : prune(value, owned, rest);
}
