import * as z from "zod";

import { core } from "./coerce";
import { isTree, type Path, type Plain } from "./tree";

/** The schema at a path; undefined when the path leads nowhere. */
export function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const type = core(schema);
  if (type instanceof z.ZodArray) return schemaAt(type.element, rest);
  if (type instanceof z.ZodRecord) return schemaAt(type.valueType, rest);
  if (!(type instanceof z.ZodObject)) return undefined;
  const shape = type.shape as Record<string, z.core.$ZodType>;
  const field = Object.hasOwn(shape, step) ? shape[step] : undefined;
  return field === undefined ? undefined : schemaAt(field, rest);
}

/** Description, allowed values and example that the schema itself carries. */
export function metaOf(schema: z.core.$ZodType): z.core.GlobalMeta {
  const outer = z.globalRegistry.get(schema) ?? {};
  const type = core(schema);
  const inner = type === schema ? {} : metaOf(type);
  return { ...inner, ...outer };
}

/** What may stand where this schema is, in words. */
export function allowedBy(schema: z.core.$ZodType): string {
  const { allowed } = metaOf(schema);
  if (allowed !== undefined) return allowed;
  const type = core(schema);
  if (type instanceof z.ZodEnum) return orList(type.options.map(String));
  if (type instanceof z.ZodLiteral) return orList([...type.values].map(String));
  if (type instanceof z.ZodBoolean) return "true or false";
  if (type instanceof z.ZodArray) return `a list, each of its entries ${allowedBy(type.element)}`;
  if (type instanceof z.ZodObject) return `a group of settings: ${Object.keys(type.shape).join(", ")}`;
  if (type instanceof z.ZodRecord) return `a map of names to ${allowedBy(type.valueType)}`;
  return "text";
}

/** A value that may stand where this schema is; undefined for groups. */
export function exampleOf(schema: z.core.$ZodType): string | undefined {
  const { example } = metaOf(schema);
  if (example !== undefined) return example;
  const type = core(schema);
  if (type instanceof z.ZodEnum) return String(type.options[0]);
  if (type instanceof z.ZodLiteral) return String([...type.values].at(-1));
  return type instanceof z.ZodBoolean ? "true" : undefined;
}

/** A value as the user wrote it, shortened. */
export function shown(value: Plain): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** What kind of thing a value is, in words. */
export function kindOf(value: Plain): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (isTree(value)) return "a group of settings";
  return typeof value === "string" ? "text" : `a ${typeof value}`;
}

/** `a`, `a or b`, `a, b or c`. */
function orList(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${last}` : last;
}
