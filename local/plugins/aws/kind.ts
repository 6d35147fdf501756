import type { Field, Fields } from "../frame/fields";
import { isProperties, type Plain, type PlainProperties, unknown } from "../frame/values";
import type { Api } from "./api/client";

/** How tags of one kind are written: those in `set` are put on, those in `gone` taken off. */
export type Tagger = (
  api: Api,
  id: string,
  set: Readonly<Record<string, string>>,
  gone: readonly string[],
) => Promise<void>;

/** What the plugin knows of one kind of resource. Inputs are checked and complete, with `tagsAll` among them. */
export interface Kind {
  /** The inputs, without `region` and tags. */
  readonly fields: Fields;
  /** The outputs beside the inputs. */
  readonly outputs: readonly string[];
  /** Outputs that are secret. */
  readonly secrets?: readonly string[];
  /** The input that is made up when the program gives none, and the one for its beginning. */
  readonly named?: { readonly field: string; readonly prefix?: string };
  /** Whether it is one for all regions. @default false */
  readonly global?: boolean;
  /** Whether the old one is always in the new one's way. @default false */
  readonly deleteFirst?: boolean;
  /** Present for kinds that have tags. */
  readonly tag?: Tagger;
  /** Whether two values of an input mean the same although they differ. */
  readonly same?: Readonly<Record<string, (a: Plain, b: Plain) => boolean>>;
  /** Inputs that the state has as AWS writes them, even where the program's way means the same. */
  readonly rewritten?: readonly string[];
  /** What is wrong with inputs that are each right. */
  readonly conflicts?: (inputs: PlainProperties) => string[];
  readonly create: (api: Api, inputs: PlainProperties) => Promise<{ id: string; outputs?: PlainProperties }>;
  /** Inputs and outputs as AWS has them; undefined when it is gone. */
  readonly read: (api: Api, id: string, state: PlainProperties) => Promise<PlainProperties | undefined>;
  /** Writes changes of the inputs that are `inPlace`, but tags. */
  readonly update?: (api: Api, id: string, olds: PlainProperties, news: PlainProperties) => Promise<void>;
  readonly remove: (api: Api, id: string, state: PlainProperties) => Promise<void>;
}

/** All inputs that a resource of the kind takes. */
export function fieldsOf(kind: Kind): Fields {
  return {
    ...kind.fields,
    ...(kind.global === true ? {} : { region: { type: "string" } }),
    ...(kind.tag === undefined
      ? {}
      : { tags: { type: "map", inPlace: true }, tagsAll: { type: "map", inPlace: true } }),
  };
}

/** The inputs with defaults filled in at any depth; what is no input is left out. */
export function filled(inputs: PlainProperties, fields: Fields): PlainProperties {
  const all: PlainProperties = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = inputs[name] ?? field.default ?? null;
    if (value !== null) all[name] = filledValue(value, field);
  }
  return all;
}

function filledValue(value: Plain, { fields }: Field): Plain {
  if (fields === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => (isProperties(item) ? filled(item, fields) : item));
  return isProperties(value) ? filled(value, fields) : value;
}

/** The strings of a map or list of properties; what is unknown is left out. */
export function textMap(value: Plain | undefined): Record<string, string> {
  const entries = Object.entries(isProperties(value) ? value : {});
  return Object.fromEntries(entries.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

export function textList(value: Plain | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

export function objectList(value: Plain | undefined): PlainProperties[] {
  return Array.isArray(value) ? value.filter((item) => isProperties(item)) : [];
}

/** A text for a call: undefined when it is not given. */
export function given(value: Plain | undefined): string | undefined {
  if (value === undefined || value === null || value === "" || value === unknown) return undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}
