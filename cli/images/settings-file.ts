import { existsSync, readFileSync, writeFileSync } from "node:fs";

import { Document, isMap, isScalar, parse, parseDocument, YAMLMap } from "yaml";

/** A value to write, or to take out when it is undefined. */
export interface Edit {
  /** Where, for example `["images", "worker", "pin"]`. */
  readonly path: readonly (string | number)[];
  readonly value: string | undefined;
}

/**
 * Changes settings in a stack's file and leaves everything else in it as it is, comments too. What becomes empty by
 * taking something out goes as well.
 *
 * @throws Error when the file is no settings file, or a part of it on the way is encrypted.
 */
export function editSettings(file: string, edits: readonly Edit[]): void {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  writeFileSync(file, edited(text, edits, file));
}

/** The same on the text of a file. @param name - What errors call it. */
export function edited(text: string, edits: readonly Edit[], name: string): string {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken !== undefined) throw new Error(`${name} is not YAML: ${broken.message.split("\n", 1)[0] ?? ""}`);
  for (const { path, value } of edits) {
    const [first = "", ...rest] = path;
    const keys = ["config", `packit:${first}`, ...rest];
    if (value === undefined) remove(document, keys);
    else set(document, keys, value, name);
  }
  const { contents } = document;
  if (contents === null || (isMap(contents) && contents.items.length === 0)) return commentsIn(text);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** All that a file without settings says; as YAML it would be written as `{}` or `null`. */
function commentsIn(text: string): string {
  const comments = text.split("\n").filter((line) => line.trimStart().startsWith("#"));
  return comments.map((line) => `${line}\n`).join("");
}

function set(document: Document, keys: readonly (string | number)[], value: string, name: string): void {
  document.contents ??= new YAMLMap();
  for (let depth = 0; depth < keys.length; depth++) {
    const path = keys.slice(0, depth);
    const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
    if (isMap(node)) {
      if (depth > 0 && node.has("secure")) throw new Error(`${name}: ${path.join(".")} is encrypted`);
      continue;
    }
    const inner = mapIn(node);
    if (inner === undefined) throw new Error(`${name}: ${path.join(".") || "the file"} is no map`);
    document.setIn(path, document.createNode(inner));
  }
  document.setIn(keys, value);
}

/** The map that stands there as JSON, as `pulumi config set` writes one; an empty one where nothing stands. */
function mapIn(node: unknown): object | undefined {
  const value: unknown = isScalar(node) ? node.value : node;
  if (value === undefined || value === null) return {};
  if (typeof value !== "string" || !/^\s*\{/.test(value)) return undefined;
  return parse(value) as object;
}

function remove(document: Document, keys: readonly (string | number)[]): void {
  if (!document.hasIn(keys)) return;
  document.deleteIn(keys);
  // A group without settings says nothing, and neither does `config` without any.
  for (let depth = keys.length - 1; depth > 0; depth--) {
    const path = keys.slice(0, depth);
    const node = document.getIn(path, true);
    if (!isMap(node) || node.items.length > 0) return;
    document.deleteIn(path);
  }
}
