import { formatPath, type Path } from "../../frame/paths";
import type { DiffKind, DiffRequest, DiffResult } from "../../frame/provider";
import { isProperties, type Plain, type PlainProperties, reveal, sameValue } from "../../frame/values";
import { describe, pulumiAnnotation, textAt } from "../object";
import { ownManager } from "../state";
import { inputsFromLive } from "./live-inputs";
import { type Mutable, replaces, replacingPaths } from "./replacing";

interface Change {
  readonly path: Path;
  readonly kind: "add" | "delete" | "update";
}

/** What the new inputs change, and whether in place. */
export function diffInputs(request: DiffRequest, mutable: Mutable): DiffResult {
  const state = reveal(request.state);
  const news = reveal(request.news);
  let olds = reveal(request.oldInputs);
  // An imported object was never applied, so what its inputs hold beyond the program's stays as it is.
  if (ownManager(state) === undefined) olds = inputsFromLive(state, news);
  const replacing = replacingPaths(olds, mutable);
  const changes: Record<string, DiffKind> = {};
  let replaced = false;
  for (const { path, kind } of compare(olds, news, [])) {
    const replace = replaces(path, replacing);
    replaced ||= replace;
    changes[formatPath(path)] = replace ? `${kind}-replace` : kind;
  }
  return { changes, deleteBeforeReplace: replaced && sameFixedName(olds, news) };
}

/** Whether the new object must have the old one's name, which two objects cannot have at a time. */
function sameFixedName(olds: PlainProperties, news: PlainProperties): boolean {
  const fixed = pulumiAnnotation(news, "autonamed") !== "true" && textAt(news, "metadata", "name") !== "";
  return fixed && describe(olds) === describe(news);
}

/** The differences of two values, each at the deepest path that shows it. */
function* compare(before: Plain | undefined, after: Plain | undefined, path: Path): Generator<Change> {
  if (before === undefined && after === undefined) return;
  // The parts of a map that comes or goes are told one by one: some may replace the object, others not.
  const [from, to] = [
    before ?? (isProperties(after) ? {} : undefined),
    after ?? (isProperties(before) ? {} : undefined),
  ];
  if (isProperties(from) && isProperties(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    if (keys.length > 0) {
      for (const key of keys) yield* compare(from[key], to[key], [...path, key]);
    } else if (before === undefined || after === undefined) {
      yield { path, kind: before === undefined ? "add" : "delete" };
    }
    return;
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    for (let i = 0; i < Math.max(from.length, to.length); i++) yield* compare(from[i], to[i], [...path, i]);
    return;
  }
  if (before === undefined) yield { path, kind: "add" };
  else if (after === undefined) yield { path, kind: "delete" };
  else if (!sameValue(before, after)) yield { path, kind: "update" };
}
