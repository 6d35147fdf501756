/** A value that the engine does not know yet (it comes from a resource that is still to be made). */
export class Unknown {
  toJSON(): string {
    return "[unknown]";
  }
}

/** The one unknown value. */
export const unknown = new Unknown();

/** A value that the engine keeps encrypted in its state and hides in its output. */
export class Secret {
  constructor(readonly value: Value) {}

  toJSON(): string {
    return "[secret]";
  }
}

/** Files that a program hands over, one (an asset) or several (an archive), in the engine's own form. */
export class Files {
  constructor(
    readonly kind: "asset" | "archive",
    readonly content: Properties,
  ) {}

  /** Digest of all that is in them, which the engine makes; empty before. */
  get hash(): string {
    return typeof this.content.hash === "string" ? this.content.hash : "";
  }

  toJSON(): string {
    return `[${this.kind} ${this.hash}]`;
  }
}

/** A property value as the engine hands it over. */
export type Value = null | boolean | number | string | Unknown | Secret | Files | Value[] | Properties;

/** A resource's properties: its inputs or its state. */
export interface Properties {
  [key: string]: Value;
}

/** A property value without secret marks; it may still hold unknown values. */
export type Plain = null | boolean | number | string | Unknown | Files | Plain[] | PlainProperties;

/** Properties without secret marks. */
export interface PlainProperties {
  [key: string]: Plain;
}

/** Whether `value` is a map of properties. */
export function isProperties(value: Value | undefined): value is Properties;
export function isProperties(value: Plain | undefined): value is PlainProperties;
export function isProperties(value: Value | undefined): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Secret) &&
    !(value instanceof Files)
  );
}

/** The value without its secret marks, at any depth. */
export function reveal(value: Properties): PlainProperties;
export function reveal(value: Value): Plain;
export function reveal(value: Value): Plain {
  if (value instanceof Secret) return reveal(value.value);
  if (Array.isArray(value)) return value.map((item) => reveal(item));
  if (!isProperties(value)) return value;
  const plain: PlainProperties = {};
  for (const key of Object.keys(value)) plain[key] = reveal(value[key] ?? null);
  return plain;
}

/** Whether an unknown value stands anywhere in `value`. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value instanceof Unknown) return true;
  if (value instanceof Secret) return hasUnknown(value.value);
  if (Array.isArray(value)) return value.some((item) => hasUnknown(item));
  return isProperties(value) && Object.values(value).some((item) => hasUnknown(item));
}

/** Whether two values are the same; two unknown values are not. */
export function sameValue(a: Plain | undefined, b: Plain | undefined): boolean {
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (a === b) return true;
  if (a instanceof Files && b instanceof Files) return a.hash !== "" && a.hash === b.hash;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  }
  if (!isProperties(a) || !isProperties(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  );
}

/** The value if it is a string, else an empty one. */
export function textOf(value: Plain | undefined): string {
  return typeof value === "string" ? value : "";
}
