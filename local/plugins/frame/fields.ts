import { unknownProperty } from "./nearest";
import type { CheckFailure } from "./provider";
import { Files, isProperties, type Plain, type PlainProperties, unknown } from "./values";

/** What one input of a resource may be. */
export interface Field {
  readonly type: "string" | "number" | "boolean" | "strings" | "map" | "object" | "objects" | "archive";
  /** @default false */
  readonly required?: boolean;
  /** What the resource takes when nothing is given. */
  readonly default?: Plain;
  /** For the types `object` and `objects`: their own fields. */
  readonly fields?: Fields;
  /** Whether a change is written into the resource instead of replacing it. @default false */
  readonly inPlace?: boolean;
  /** What is wrong with a known value of the right type, if anything. */
  readonly wrong?: (value: Plain) => string | undefined;
}

export type Fields = Readonly<Record<string, Field>>;

const descriptions: Record<Field["type"], string> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  strings: "a list of strings",
  map: "a map of strings",
  object: "an object",
  objects: "a list of objects",
  archive: "an archive",
};

/** Everything that is wrong with `inputs`; unknown values are taken as right. */
export function checkFields(inputs: PlainProperties, fields: Fields, within = ""): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const name of Object.keys(inputs)) {
    if (fields[name] === undefined) {
      failures.push({ property: within + name, reason: unknownProperty(name, Object.keys(fields)) });
    }
  }
  for (const [name, field] of Object.entries(fields)) {
    const property = within + name;
    const value = inputs[name] ?? null;
    if (value === null) {
      if (field.required === true) failures.push({ property, reason: `"${name}" is required` });
    } else if (value === unknown) {
      continue;
    } else if (!fits(value, field.type)) {
      failures.push({ property, reason: `"${name}" must be ${descriptions[field.type]}` });
    } else if (field.fields !== undefined && Array.isArray(value)) {
      for (const [i, item] of value.entries()) {
        if (isProperties(item)) failures.push(...checkFields(item, field.fields, `${property}[${i}].`));
      }
    } else if (field.fields !== undefined) {
      failures.push(...checkFields(value as PlainProperties, field.fields, `${property}.`));
    } else {
      const reason = field.wrong?.(value);
      if (reason !== undefined) failures.push({ property, reason: `"${name}" ${reason}` });
    }
  }
  return failures;
}

function fits(value: Plain, type: Field["type"]): boolean {
  const text = (item: Plain): boolean => typeof item === "string" || item === unknown;
  if (type === "strings") return Array.isArray(value) && value.every(text);
  if (type === "map") return isProperties(value) && Object.values(value).every(text);
  if (type === "objects")
    return Array.isArray(value) && value.every((item) => item === unknown || isProperties(item));
  if (type === "object") return isProperties(value);
  if (type === "archive") return value instanceof Files && value.kind === "archive";
  return typeof value === type;
}

/** The inputs with the defaults filled in. */
export function withDefaults(inputs: PlainProperties, fields: Fields): PlainProperties {
  const all: PlainProperties = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = inputs[name] ?? field.default ?? null;
    if (value !== null) all[name] = value;
  }
  return all;
}

/** A rule for {@link Field.wrong}: a whole number in a range. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): (value: Plain) => string | undefined {
  return (value) => {
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return undefined;
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `between ${least} and ${most}`;
    return `must be a whole number, ${range}`;
  };
}

/** A rule for {@link Field.wrong}: one of a few values, or a list of them. */
export function among(allowed: readonly Plain[]): (value: Plain) => string | undefined {
  return (value) => {
    const bad = (Array.isArray(value) ? value : [value]).find(
      (item) => item !== unknown && !allowed.includes(item),
    );
    if (bad === undefined) return undefined;
    return `may not hold ${JSON.stringify(bad)}; allowed are ${allowed.map((item) => JSON.stringify(item)).join(", ")}`;
  };
}
