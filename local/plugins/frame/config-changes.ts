import type { DiffKind, DiffRequest } from "./provider";
import { reveal, sameValue } from "./values";

/** Settings of a provider that have changed: it is configured anew, and its resources stay. */
export function changedSettings({
  oldInputs,
  news,
}: Pick<DiffRequest, "oldInputs" | "news">): Record<string, DiffKind> {
  const [before, after] = [reveal(oldInputs), reveal(news)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !sameValue(before[name], after[name]));
  return Object.fromEntries(changed.map((name) => [name, "update" as const]));
}
