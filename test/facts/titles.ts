import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";

const ROOT = join(__dirname, "../..");

/** Stands for what a title takes from a variable. */
const VARIABLE = "…";

/** Titles of a file's tests and groups of tests; undefined when there is no such file. */
export function titlesIn(file: string): string[] | undefined {
  const path = join(ROOT, file);
  if (!existsSync(path)) return undefined;
  const source = ts.createSourceFile(file, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const [title] = node.arguments;
      const isTest = ["it", "describe"].includes(node.expression.text);
      if (isTest && title !== undefined) titles.push(...titleText(title));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

function titleText(title: ts.Expression): string[] {
  if (ts.isStringLiteralLike(title)) return [title.text];
  if (!ts.isTemplateExpression(title)) return [];
  return [title.head.text + title.templateSpans.map(({ literal }) => VARIABLE + literal.text).join("")];
}
