import { formatPath, parsePath, type Path } from "../../frame/paths";
import { isProperties, type Plain, type PlainProperties } from "../../frame/values";
import { ApiError, isFieldConflict } from "../api/api-error";
import { describe } from "../object";
import { mayStemFromGap } from "./placeholders";
import { holdsQuantities, parseQuantity } from "./quantity";

/** What the API server finds wrong with an object, in plain words, without what may stem from `gaps`. */
export function findings(error: ApiError, object: PlainProperties, gaps: readonly Path[] = []): string[] {
  return found(error, object)
    .filter(({ field }) => field === "" || !mayStemFromGap(pathOf(field), gaps))
    .map(({ field, text }) => (field === "" ? text : `${field}: ${text}`));
}

/** The findings about an object as one message, each on its own line, and what to do where that is not plain. */
export function report(object: PlainProperties, lines: readonly string[]): string {
  const all = [...new Set(lines)];
  const text = all.length === 1 ? ` ${all[0] ?? ""}` : `\n  ${all.join("\n  ")}`;
  const fixed = all.some((line) => /is immutable|may not be changed|updates to .* are forbidden/i.test(line));
  const hint = fixed
    ? "\n  The API server never changes that: have the object replaced with the option replaceOnChanges."
    : "";
  return `${describe(object)}:${text}${hint}`;
}

interface Finding {
  readonly field: string;
  readonly text: string;
}

function found(error: ApiError, object: PlainProperties): Finding[] {
  if (error.causes.length > 0) {
    // Some add the whole object's differences below.
    return error.causes.map(({ field, message }) => ({ field, text: message.split("\n")[0] ?? "" }));
  }
  const { message } = error;
  const typed = /failed to create typed patch object \([^)]*\): (?:errors:\n)?([\s\S]*)/.exec(message)?.[1];
  if (typed !== undefined) return typed.split("\n").map((line) => fromSchema(line.trim()));
  const strict = /strict decoding error: (.*)/s.exec(message)?.[1];
  if (strict !== undefined) return strict.split(/, (?=unknown|duplicate)/).map(fromDecoder);
  if (/quantities must match|unable to parse quantity/.test(message)) {
    const bad = badQuantities(object, []);
    if (bad.length > 0) return bad;
  }
  return [{ field: "", text: message }];
}

/** `.spec.foo: field not declared in schema`, as server-side apply says it. */
function fromSchema(line: string): Finding {
  const match = /^\.(.*?): (field not declared in schema|expected .*|duplicate .*|element .*)$/.exec(line);
  const [, field = "", what = line] = match ?? [];
  if (what.startsWith("field not declared")) return { field, text: "there is no such field" };
  const type = /^expected (string|numeric|boolean|list|map)[^,]*, got (.*)$/.exec(what);
  if (type === null) return { field, text: what };
  const [, wanted = "", got = ""] = type;
  const value = /Value:(.*)\}$/.exec(got)?.[1] ?? got;
  const names: Record<string, string> = { numeric: "number", map: "map of fields" };
  return { field, text: `must be a ${names[wanted] ?? wanted}, got ${value}` };
}

/** `unknown field "spec.foo"`, as the decoder says it. */
function fromDecoder(line: string): Finding {
  const match = /^(unknown|duplicate) field "(.*)"$/.exec(line.trim());
  if (match === null) return { field: "", text: line.trim() };
  const [, kind, field = ""] = match;
  return { field, text: kind === "unknown" ? "there is no such field" : "stands there twice" };
}

function badQuantities(value: Plain, path: Path): Finding[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => badQuantities(item, [...path, i]));
  if (isProperties(value)) {
    return Object.entries(value).flatMap(([key, item]) => badQuantities(item, [...path, key]));
  }
  const held = holdsQuantities(path.at(-2)) || holdsQuantities(path.at(-1));
  if (!held || typeof value !== "string" || parseQuantity(value) !== undefined) return [];
  return [{ field: formatPath(path), text: `"${value}" is no quantity; write 500m, 2 or 512Mi` }];
}

function pathOf(field: string): Path {
  try {
    // Server-side apply names the items of keyed lists by their keys: containers[name="x"].
    return parsePath(field.replace(/\[[^\]\d"][^\]]*\]/g, "[*]"));
  } catch {
    return [field];
  }
}

/** What to say when other field managers own what an apply would change. */
export function explainConflict(error: ApiError, object: PlainProperties, manager: string): string {
  const lines = error.causes.map(({ field, message }) => {
    const other = /conflict with "([^"]*)"/.exec(message)?.[1] ?? message;
    return `  ${field.replace(/^\./, "")} belongs to "${other}"`;
  });
  return (
    `${describe(object)}: the program sets fields that another field manager owns:\n${lines.join("\n")}\n` +
    `This resource applies as "${manager}". Leave these fields to the other one with the option ignoreChanges, ` +
    `or take them over with the annotation pulumi.com/patchForce: "true".`
  );
}

/** An API server's refusal as an error with a plain message; other errors stay as they are. */
export function explained(error: unknown, object: PlainProperties, manager: string): unknown {
  if (isFieldConflict(error)) return new Error(explainConflict(error, object, manager));
  if (error instanceof ApiError) return new Error(report(object, findings(error, object)));
  return error;
}
