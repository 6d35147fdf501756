import * as z from "zod";

import { core } from "./coerce";
import type { Finding } from "./errors";
import { setCommand, setSecretCommand, settingsFile } from "./fixes";
import { type Layer, fileOf, flatten } from "./layers";
import type { StackName } from "./names";
import { nearest } from "./nearest";
import { type Path, settingKey, valueAt } from "./tree";
import { allowedBy, exampleOf, kindOf, schemaAt, shown } from "./wording";

/** What is wrong, and where. */
export interface Located {
  readonly path: Path;
  readonly finding: Finding;
}

/** What a schema makes of written values. */
export type Checked<T> = { readonly data: T } | { readonly wrong: readonly Located[] };

/** What turns a schema's complaints into findings. */
export interface Wording {
  readonly stack: StackName;
  /** Whether a value must not be shown. */
  isSecret(path: Path): boolean;
}

/** Checks layers of settings, coerced before, against a schema: every complaint at once, in the user's words. */
export function validate<T extends z.core.$ZodType>(
  schema: T,
  layers: readonly Layer[],
  wording: Wording,
): Checked<z.output<T>> {
  const result = z.safeParse(schema, flatten(layers));
  if (result.success) return { data: result.data };
  return {
    wrong: result.error.issues.flatMap((issue) =>
      pathsOf(issue).map((path) => ({ path, finding: toFinding(schema, layers, wording, issue, path) })),
    ),
  };
}

/** An issue about unknown keys names the group; each key is a finding of its own. */
function pathsOf(issue: z.core.$ZodIssue): readonly Path[] {
  const path = issue.path.filter((step) => typeof step !== "symbol");
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

function toFinding(
  schema: z.core.$ZodType,
  layers: readonly Layer[],
  wording: Wording,
  issue: z.core.$ZodIssue,
  path: Path,
): Finding {
  const value = valueAt(flatten(layers), path);
  const common = {
    key: settingKey(path),
    ...foreignFile(wording.stack, layers, path),
    ...(value !== undefined && !wording.isSecret(path) && { seen: shown(value) }),
  };
  if (issue.code === "unrecognized_keys") return { ...common, ...unknownKey(schema, path) };
  const type = (issue.code === "invalid_key" ? keyType(schema, path) : schemaAt(schema, path)) ?? schema;
  return {
    ...common,
    problem: problemOf(issue, value),
    allowed: allowedBy(type),
    fix: wording.isSecret(path) ? setSecretCommand(wording.stack, path) : fixOf(wording.stack, type, path),
  };
}

function unknownKey(schema: z.core.$ZodType, path: Path): Pick<Finding, "problem" | "allowed" | "fix"> {
  const group = schemaAt(schema, path.slice(0, -1)) ?? schema;
  const known = knownKeys(group);
  const meant = nearest(String(path.at(-1)), known);
  return {
    problem: "no such setting",
    allowed: known.join(", "),
    fix:
      meant === undefined
        ? "remove it, or take one of the known ones"
        : `did you mean ${settingKey([...path.slice(0, -1), meant])}?`,
  };
}

function knownKeys(group: z.core.$ZodType): readonly string[] {
  const type = core(group);
  if (type instanceof z.ZodObject) return Object.keys(type.shape);
  return type instanceof z.ZodRecord && type.keyType instanceof z.ZodEnum
    ? type.keyType.options.map(String)
    : [];
}

function keyType(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  const group = core(schemaAt(schema, path.slice(0, -1)) ?? schema);
  return group instanceof z.ZodRecord ? group.keyType : undefined;
}

function problemOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return "is missing";
  if (issue.code === "invalid_key") return "has a name that is not allowed";
  if (issue.code !== "invalid_type" || typeof value === "number") return "has a value that is not allowed";
  return `is ${kindOf(value)}`;
}

/** The file that a value is from, where that is not the stack's own. */
export function foreignFile(
  stack: StackName,
  layers: readonly Layer[],
  path: Path,
): { readonly file?: string } {
  const file = fileOf(layers, path);
  return file === undefined || file === settingsFile(stack.name) ? {} : { file };
}

function fixOf(stack: StackName, type: z.core.$ZodType, path: Path): string {
  const example = exampleOf(type);
  return example === undefined
    ? `write ${allowedBy(type)}`
    : `for example: ${setCommand(stack, path, example)}`;
}
