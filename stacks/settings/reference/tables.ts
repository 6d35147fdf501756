import type * as z from "zod";

import { type Path, settingKey, type Tree, valueAt } from "../tree";
import { allowedBy, metaOf } from "../wording";
import { EACH, type Leaf, leavesOf } from "./leaves";

/** The defaults that a reference shows, by the head of their column. */
export type Columns = Readonly<Record<string, Tree>>;

/** A table for each group of settings, the single ones first. */
export function settingsTables(schema: z.ZodObject, columns: Columns): readonly string[] {
  const leaves = leavesOf(schema);
  const groups = [...new Set(leaves.map(({ path }) => (path.length > 1 ? String(path[0]) : "")))];
  return groups.sort(plainFirst).map((group) => {
    const own = leaves.filter(({ path }) => (path.length > 1 ? path[0] === group : group === ""));
    return group === ""
      ? table("Place and instance", "", own, columns)
      : table(group, descriptionOf(schema, group), own, columns);
  });
}

function plainFirst(left: string, right: string): number {
  return Number(right === "") - Number(left === "");
}

function table(title: string, description: string, leaves: readonly Leaf[], columns: Columns): string {
  const rows = leaves.map(({ path, schema }) => [
    code(keyOf(path)),
    ...Object.values(columns).map((defaults) => shortDefault(valueAt(defaults, path))),
    allowedBy(schema),
    metaOf(schema).description ?? "",
  ]);
  return [
    `## ${title}\n`,
    ...(description === "" ? [] : [`${description}\n`]),
    markdownTable(["Setting", ...Object.keys(columns), "Allowed", "Meaning"], rows),
  ].join("\n");
}

/** The table of secrets, with what each is for. */
export function secretsTable(schema: z.ZodObject): string {
  const rows = leavesOf(schema).map(({ path, schema: leaf }) => [
    code(keyOf(["secrets", ...path])),
    allowedBy(leaf),
    metaOf(leaf).description ?? "",
    path.length > 1 ? descriptionOf(schema, String(path[0])) : "",
  ]);
  return markdownTable(["Secret", "Allowed", "Meaning", "Purpose"], rows);
}

/** Defaults that are too long for a table. */
export function longDefaults(schema: z.ZodObject, defaults: Tree): string {
  const blocks = leavesOf(schema)
    .filter(({ path }) => isLong(valueAt(defaults, path)))
    .map(
      ({ path }) =>
        `${code(keyOf(path))}:\n\n\`\`\`json\n${JSON.stringify(valueAt(defaults, path), null, 2)}\n\`\`\`\n`,
    );
  return ["## Defaults of lists\n", ...blocks].join("\n");
}

function shortDefault(value: unknown): string {
  if (value === undefined) return "";
  return isLong(value) ? "[below](#defaults-of-lists)" : code(JSON.stringify(value).replaceAll('"', ""));
}

function isLong(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function descriptionOf(schema: z.ZodObject, group: string): string {
  const fields: Record<string, Parameters<typeof metaOf>[0]> = schema.shape;
  const field = fields[group];
  return (field === undefined ? undefined : metaOf(field).description) ?? "";
}

/** A setting's key; an ellipsis stands for each entry of a list. */
export function keyOf(path: Path): string {
  return settingKey(path.map((step) => (step === EACH ? 0 : step))).replaceAll("[0]", "[…]");
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return `${[line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}
