import { plain } from "./text";

/** How the engine writes what is known only after other resources have been made, by the value's type. */
const UNKNOWN: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** How the engine writes a secret in a preview. */
const SECRET = "[secret]";

/**
 * Marks an object that stands for a secret in a state that was exported rather than previewed, and for files and
 * archives everywhere: all of them are taken for hidden.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Whether a value will be known only during the update. */
export function isUnknown(value: unknown): boolean {
  return UNKNOWN.has(value);
}

/** Whether a value is hidden. */
export function isSecret(value: unknown): boolean {
  return value === SECRET || (isMap(value) && Object.hasOwn(value, SIGNATURE));
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of a value by its path; undefined when any part of the way is missing. A list takes numbers. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const step of path) {
    if (isUnknown(found) || isSecret(found)) return found;
    if (Array.isArray(found)) found = (found as unknown[])[Number(step)];
    else if (isMap(found) && Object.hasOwn(found, step)) found = found[step];
    else return undefined;
  }
  return found;
}

/** A value's text; undefined when it is none. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  const number = typeof found === "string" && /^\d+$/.test(found) ? Number(found) : found;
  return typeof number === "number" ? number : undefined;
}

/** The elements of a list, or none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The entries of a map, or none. */
export function entriesAt(value: unknown, ...path: readonly string[]): readonly [string, unknown][] {
  const found = at(value, ...path);
  return isMap(found) && !isSecret(found) ? Object.entries(found) : [];
}

/** A value for people; secrets, also those deep inside, stay hidden. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (isUnknown(value)) return "not known yet";
  if (isSecret(value)) return SECRET;
  if (typeof value === "string") return plain(value === "" ? '""' : value);
  return plain(JSON.stringify(value, (_, part: unknown) => (isSecret(part) ? SECRET : part)));
}

/** Whether two values are the same, whatever the order of fields. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((part, i) => same(part, (other as unknown[])[i]));
  if (!isMap(one) || !isMap(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same(own(one, key), own(other, key)));
}

/** A map's own field, of one that is hidden, too. */
function own(map: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
