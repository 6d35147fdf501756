import { z } from "zod";

import { isTree, type Plain } from "./tree";

/**
 * The value with numbers and booleans as the schema wants them. YAML and the engine write the same number in two
 * ways (`7` becomes `"7"` when the engine saves a settings file), so both are taken.
 */
export function coerce(schema: z.core.$ZodType, value: Plain): Plain {
  const type = core(schema);
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
  return value;
}

function wantsNumber(type: z.core.$ZodType): boolean {
  if (type instanceof z.ZodLiteral) return [...type.values].every((value) => typeof value === "number");
  return type instanceof z.ZodNumber;
}

function mapValues(tree: Readonly<Record<string, Plain>>, convert: (key: string, value: Plain) => Plain) {
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, convert(key, value)]));
}
