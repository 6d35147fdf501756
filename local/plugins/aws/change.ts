import type { DiffKind } from "../frame/provider";
import { isProperties, type Plain, type PlainProperties, sameValue, textOf } from "../frame/values";
import { fieldsOf, filled, type Kind, textMap } from "./kind";

/** The key under which the inputs say which names were made up, as the official plugin has it. */
export const madeUp = "__defaults";

/** What has changed from the old inputs to the new ones. */
export function diffInputs(
  kind: Kind,
  before: PlainProperties,
  after: PlainProperties,
): Record<string, DiffKind> {
  const fields = fieldsOf(kind);
  const [olds, news] = [filled(before, fields), filled(after, fields)];
  const changes: Record<string, DiffKind> = {};
  for (const [name, field] of Object.entries(fields)) {
    const [old, now] = [olds[name], news[name]];
    if (sameInput(kind, name, old, now)) continue;
    // A change of the program's tags shows as such; the other map follows it.
    if (name === "tagsAll" && changes.tags !== undefined) continue;
    const change = old === undefined ? "add" : now === undefined ? "delete" : "update";
    changes[name] = field.inPlace === true ? change : `${change}-replace`;
  }
  return changes;
}

/** Whether a replaced resource is in the way of its successor: it has a name that the program gave it, or always is. */
export function deletesFirst(kind: Kind, before: PlainProperties, after: PlainProperties): boolean {
  if (kind.deleteFirst === true) return true;
  if (kind.named === undefined || isMadeUp(after)) return false;
  return sameValue(before[kind.named.field], after[kind.named.field]);
}

export function isMadeUp(inputs: PlainProperties): boolean {
  return Array.isArray(inputs[madeUp]) && inputs[madeUp].length > 0;
}

/** The state: inputs as given where AWS has the same, else as AWS has them, and the outputs. */
export function stateOf(kind: Kind, inputs: PlainProperties, live: PlainProperties): PlainProperties {
  const state: PlainProperties = { ...inputs, ...live };
  for (const [name, value] of Object.entries(inputs)) {
    if (kind.rewritten?.includes(name) === true) continue;
    if (sameInput(kind, name, value, live[name])) state[name] = value;
  }
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== madeUp));
}

/** The inputs as AWS has them; without old ones (an import) all that it has. */
export function liveInputs(
  kind: Kind,
  olds: PlainProperties,
  live: PlainProperties,
  defaultTags: Readonly<Record<string, string>>,
): PlainProperties {
  const isImport = Object.keys(olds).length === 0;
  const inputs: PlainProperties = { ...olds };
  for (const name of Object.keys(fieldsOf(kind))) {
    const found = live[name] ?? null;
    if (found === null || (!isImport && olds[name] === undefined)) continue;
    if (!sameInput(kind, name, olds[name], found)) inputs[name] = found;
  }
  if (kind.tag !== undefined && !sameValue(inputs.tagsAll, olds.tagsAll)) {
    const own = textMap(olds.tags);
    inputs.tags = Object.fromEntries(
      Object.entries(textMap(inputs.tagsAll)).filter(
        ([key, value]) => key in own || defaultTags[key] !== value,
      ),
    );
  }
  return inputs;
}

function sameInput(kind: Kind, name: string, a: Plain | undefined, b: Plain | undefined): boolean {
  if (sameValue(a, b)) return true;
  if (a === undefined || b === undefined) return isEmpty(a) && isEmpty(b);
  return kind.same?.[name]?.(a, b) ?? sameValue(settled(a), settled(b));
}

function isEmpty(value: Plain | undefined): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : isProperties(value) && Object.keys(value).length === 0;
}

/** A list of strings in an order of its own, for AWS keeps none. */
function settled(value: Plain): Plain {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? [...value].sort() : value;
}

/** Whether two JSON documents say the same. */
export function sameJson(a: Plain, b: Plain): boolean {
  try {
    return sameValue(JSON.parse(textOf(a)) as Plain, JSON.parse(textOf(b)) as Plain);
  } catch {
    return false;
  }
}
