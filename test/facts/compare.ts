import type { Facts, ObjectFacts } from "./model";

/** One field of one object, as it was and as it is. */
export interface Deviation {
  /** Kind and name. */
  readonly object: string;
  readonly field: string;
  readonly was: string;
  readonly is: string;
}

/** Stands in a deviation for what was not there, or is not. */
export const NONE = "–";

/** Field that says whether the object is there at all. */
export const OBJECT = "object";
const THERE = "there";

/** Field by which a deviation says that the object has another name; its other fields are compared all the same. */
const NAME = "name";

/**
 * Everything in which the objects of `was` differ in `is`. Objects that are new altogether are no deviations.
 *
 * @param listed - Deviations that are known. Those of names say which objects are the same.
 */
export function deviations(was: Facts, is: Facts, listed: readonly Deviation[]): Deviation[] {
  const names = newNames(listed, was, is);
  const renamed = [...names].map(([object, name]) => ({
    object,
    field: NAME,
    was: nameOf(object),
    is: nameOf(name),
  }));
  const lost = Object.entries(was).flatMap(([object, facts]) => {
    const now = is[names.get(object) ?? object];
    return now === undefined
      ? [{ object, field: OBJECT, was: THERE, is: NONE }]
      : fieldDeviations(object, facts, now);
  });
  return [...renamed, ...lost];
}

/** New names by old ones, as far as they are listed and both objects are there. */
function newNames(listed: readonly Deviation[], was: Facts, is: Facts): ReadonlyMap<string, string> {
  return new Map(
    listed.flatMap(({ object, field, was: oldName, is: newName }) => {
      const renamed = `${kindOf(object)}/${newName}`;
      const holds = field === NAME && nameOf(object) === oldName && object in was && renamed in is;
      return holds && !(object in is) ? [[object, renamed] as const] : [];
    }),
  );
}

function fieldDeviations(object: string, was: ObjectFacts, is: ObjectFacts): Deviation[] {
  const [old, now] = [fields(was), fields(is)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ object, field, was: old.get(field) ?? NONE, is: now.get(field) ?? NONE }))
    .filter((deviation) => deviation.was !== deviation.is);
}

/** The facts one by one: `env PROJECT` for what stands below another name. */
function fields(facts: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(facts).flatMap(([name, value]: [string, unknown]) => {
      const field = path === "" ? name : `${path} ${name}`;
      if (typeof value === "string") return [[field, value] as const];
      return typeof value === "object" && value !== null ? [...fields(value, field)] : [];
    }),
  );
}

function kindOf(object: string): string {
  return object.split("/", 1)[0] ?? object;
}

function nameOf(object: string): string {
  return object.slice(kindOf(object).length + 1);
}
