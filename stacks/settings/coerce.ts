import * as z from "zod";

import { isTree, type Plain, type Tree } from "./tree";

/**
 * The value in the form that the schema wants. YAML and the engine write the same number in two ways (`7` becomes
 * `"7"` when the engine saves a settings file), and `pulumi config set` keeps lists and maps as JSON: all are taken.
 */
export function coerce(schema: z.core.$ZodType, written: Plain): Plain {
  const type = core(schema);
  const value = isGroup(type) ? structured(written) : written;
  if (type instanceof z.ZodObject && isTree(value)) {
    const shape = type.shape as Record<string, z.core.$ZodType>;
    return mapValues(value, (key, item) => {
      const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
      return field === undefined ? item : coerce(field, item);
    });
  }
  if (type instanceof z.ZodRecord && isTree(value)) {
    return mapValues(value, (_key, item) => coerce(type.valueType, item));
  }
  if (type instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => coerce(type.element, item));
  }
  return coerceLeaf(type, value);
}

/** The settings of a layer in the form that the schema wants. */
export function coerceTree(schema: z.core.$ZodType, tree: Tree): Tree {
  const coerced = coerce(schema, tree);
  return isTree(coerced) ? coerced : tree;
}

function isGroup(type: z.core.$ZodType): boolean {
  return type instanceof z.ZodObject || type instanceof z.ZodRecord || type instanceof z.ZodArray;
}

/** The map or list that a text holds as JSON; the text itself when it holds none. */
function structured(value: Plain): Plain {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Plain;
  } catch {
    return value;
  }
}

/** The schema inside `optional`. */
export function core(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional
    ? core(schema.unwrap())
    : schema;
}

function coerceLeaf(type: z.core.$ZodType, value: Plain): Plain {
  if (wantsNumber(type) && typeof value === "string" && /^-?[0-9]+(?:\.[0-9]+)?$/.test(value))
    return Number(value);
  if (type instanceof z.ZodBoolean && (value === "true" || value === "false")) return value === "true";
  if (type instanceof z.ZodString && (typeof value === "number" || typeof value === "boolean"))
    return String(value);
  if (type instanceof z.ZodISODate && typeof value === "string") return value.replace(MIDNIGHT, "");
  return value;
}

/** What the engine makes of a date that nobody has put in quotes. */
const MIDNIGHT = / 00:00:00 \+0000 UTC$/;

function wantsNumber(type: z.core.$ZodType): boolean {
  if (type instanceof z.ZodLiteral) return [...type.values].every((value) => typeof value === "number");
  return type instanceof z.ZodNumber;
}

function mapValues(tree: Readonly<Record<string, Plain>>, convert: (key: string, value: Plain) => Plain) {
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, convert(key, value)]));
}
