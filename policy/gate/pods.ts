import { kindOf } from "./kinds";
import type { Change, State } from "./plan";
import { at, isMap, listAt, textAt } from "./values";

/** Where an object keeps the template of its pods. */
function templatePath(kind: string | undefined): readonly string[] {
  if (kind === "CronJob") return ["spec", "jobTemplate", "spec", "template"];
  return kind === "Pod" ? [] : ["spec", "template"];
}

/** The spec of the pods that an object makes; undefined when it makes none. */
export function podSpecOf(change: Pick<Change, "type">, state: State | undefined): unknown {
  const spec = at(state?.inputs, ...templatePath(kindOf(change)), "spec");
  return isMap(spec) && Object.hasOwn(spec, "containers") ? spec : undefined;
}

/** The labels of the pods that an object makes. */
export function podLabels(change: Pick<Change, "type">, state: State | undefined): unknown {
  return at(state?.inputs, ...templatePath(kindOf(change)), "metadata", "labels");
}

/** The containers of the pods that an object makes, by name; those that prepare them included. */
export function containersOf(
  change: Pick<Change, "type">,
  state: State | undefined,
): ReadonlyMap<string, unknown> {
  const spec = podSpecOf(change, state);
  const all = [...listAt(spec, "initContainers"), ...listAt(spec, "containers")];
  return new Map(all.map((container, index) => [textAt(container, "name") ?? String(index), container]));
}

/** Containers that are there before and after a change. */
export function keptContainers(change: Change): readonly (readonly [string, unknown, unknown])[] {
  const after = containersOf(change, change.after);
  return [...containersOf(change, change.before)].flatMap(([name, old]) =>
    after.has(name) ? [[name, old, after.get(name)] as const] : [],
  );
}

/** Whether a selector of labels finds these labels. An empty one finds all. */
export function selects(selector: unknown, labels: unknown): boolean {
  return isMap(selector) && Object.entries(selector).every(([key, value]) => at(labels, key) === value);
}
