import type { Path } from "../../frame/paths";
import { hasUnknown, isProperties, type Plain, type PlainProperties, unknown } from "../../frame/values";
import { at, mapAt } from "../object";

/** Fields that the API server fills in when an object is created. */
const made: readonly Path[] = [
  ...["uid", "resourceVersion", "creationTimestamp", "generation"].map((key) => ["metadata", key]),
  ["status"],
];

/** What a Service gets at creation. */
const madeForServices: readonly Path[] = ["clusterIP", "clusterIPs", "healthCheckNodePort"].map((key) => [
  "spec",
  key,
]);

/**
 * What preview shows of an object: `tried` as the dry run left it, with unknown values where the inputs have them
 * and, for one that is still to be created, where creation will fill them in.
 */
export function previewed(
  tried: PlainProperties,
  inputs: PlainProperties,
  creating: boolean,
): PlainProperties {
  const overlaid = overlay(tried, inputs);
  let shown = isProperties(overlaid) ? overlaid : tried;
  if (!creating) return shown;
  for (const path of tried.kind === "Service" ? [...made, ...madeForServices] : made) {
    if (at(inputs, ...path) === undefined) shown = withUnknown(shown, path);
  }
  return shown;
}

function overlay(tried: Plain | undefined, inputs: Plain): Plain | undefined {
  if (inputs === unknown) return unknown;
  // What the API server drops, such as an empty map, is not there later either.
  if (tried === undefined) return hasUnknown(inputs) ? inputs : undefined;
  if (isProperties(tried) && isProperties(inputs)) {
    const shown = { ...tried };
    for (const [key, value] of Object.entries(inputs)) {
      const inner = overlay(tried[key], value);
      if (inner !== undefined) shown[key] = inner;
    }
    return shown;
  }
  if (Array.isArray(tried) && Array.isArray(inputs) && hasUnknown(inputs)) {
    if (tried.length !== inputs.length) return inputs;
    return tried.map((item, i) => overlay(item, inputs[i] ?? null) ?? item);
  }
  return tried;
}

function withUnknown(object: PlainProperties, path: Path): PlainProperties {
  const [step, ...rest] = path;
  if (typeof step !== "string") return object;
  return { ...object, [step]: rest.length === 0 ? unknown : withUnknown(mapAt(object, step), rest) };
}
