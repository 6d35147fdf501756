import type { Path } from "./paths";
import { isProperties, type PlainProperties, type Properties, Secret, Unknown, type Value } from "./values";

/** `properties` with `value` at a path of keys; maps that are missing on the way are made, secret marks are kept. */
export function withValue(properties: Properties, path: readonly string[], value: Value): Properties {
  const [key, ...rest] = path;
  if (key === undefined) return properties;
  if (rest.length === 0) return { ...properties, [key]: value };
  const inner = properties[key] ?? null;
  const plain = inner instanceof Secret ? inner.value : inner;
  const filled = withValue(isProperties(plain) ? plain : {}, rest, value);
  return { ...properties, [key]: inner instanceof Secret ? new Secret(filled) : filled };
}

/** The value without the nulls in its maps: an input that is null counts as not given. */
export function withoutNulls(properties: Properties): Properties;
export function withoutNulls(value: Value): Value;
export function withoutNulls(value: Value): Value {
  if (value instanceof Secret) return new Secret(withoutNulls(value.value));
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item));
  if (!isProperties(value)) return value;
  const kept: Properties = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== null) kept[key] = withoutNulls(item);
  }
  return kept;
}

/** Where secret marks stand in `value`; below a mark there are no further ones. */
export function secretPaths(value: Value, path: Path = []): Path[] {
  if (value instanceof Secret) return [path];
  if (Array.isArray(value)) return value.flatMap((item, i) => secretPaths(item, [...path, i]));
  if (!isProperties(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => secretPaths(item, [...path, key]));
}

/** `value` with a secret mark at `path`; what is not there cannot be marked. */
export function withMark(value: Value, path: Path): Value {
  if (value instanceof Secret) return value;
  const [step, ...rest] = path;
  if (step === undefined) return new Secret(value);
  if (Array.isArray(value)) return value.map((item, i) => (i === step ? withMark(item, rest) : item));
  if (!isProperties(value) || typeof step !== "string") return value;
  const inner = value[step];
  return inner === undefined ? value : { ...value, [step]: withMark(inner, rest) };
}

/** The texts of `least` and more characters that stand under secret marks, numbers among them. */
export function secretTexts(value: Value, least: number, secret = false): Set<string> {
  if (value instanceof Secret) return secretTexts(value.value, least, true);
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value);
    return new Set(secret && text.length >= least ? [text] : []);
  }
  if (typeof value !== "object" || value === null || value instanceof Unknown) return new Set();
  return new Set(Object.values(value).flatMap((item: Value) => [...secretTexts(item, least, secret)]));
}

/** The state with secret marks on what is `secret` by kind and on what was made of secret inputs. */
export function marked(secret: readonly string[], inputs: Properties, plain: PlainProperties): Properties {
  const state: Properties = {};
  for (const [name, value] of Object.entries(plain)) {
    state[name] = secret.includes(name) || holdsSecret(inputs[name]) ? new Secret(value) : value;
  }
  return state;
}

function holdsSecret(value: Value | undefined): boolean {
  if (value instanceof Secret) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((item: Value) => holdsSecret(item));
}
