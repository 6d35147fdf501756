import { secretPaths, secretTexts, withMark } from "../frame/marked";
import type { Path } from "../frame/paths";
import {
  isProperties,
  type PlainProperties,
  type Properties,
  reveal,
  Secret,
  textOf,
  type Value,
} from "../frame/values";
import { isSecret, withSecretData } from "./check";
import { at, mapAt, omit } from "./object";

/** Where the state notes by which field manager the object was applied. */
const managerKey = "__fieldManager";
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** Shorter secret strings are not looked for elsewhere in an object: they could stand there by chance. */
const shortestTrace = 8;

/** The field manager that applied the object; undefined for one that was only read. */
export function ownManager(state: PlainProperties): string | undefined {
  return textOf(state[managerKey]) || undefined;
}

/**
 * The state that the engine keeps: the live object with the inputs' secret marks. The managers' book-keeping is left
 * out, and so is kubectl's copy of the last applied object, which repeats a Secret's values.
 */
export function toState(live: PlainProperties, inputs: Properties, manager: string | undefined): Properties {
  let state: Properties = { ...live, metadata: shownMetadata(live) };
  if (manager !== undefined) state[managerKey] = manager;
  if (isSecret(live)) state = withSecretData(state);
  const given = reveal(inputs);
  for (const path of secretPaths(inputs)) state = withMark(state, firmPath(path, given, live)) as Properties;
  const traces = secretTexts(inputs, shortestTrace);
  return traces.size === 0 ? state : (markTraces(state, traces) as Properties);
}

function shownMetadata(live: PlainProperties): PlainProperties {
  const metadata = omit(mapAt(live, "metadata"), ["managedFields"]);
  if (!isProperties(metadata.annotations)) return metadata;
  return { ...metadata, annotations: omit(metadata.annotations, [lastApplied]) };
}

/** The path as far as it leads to the same place in both: a list with further items in it counts as a whole. */
function firmPath(path: Path, inputs: PlainProperties, live: PlainProperties): Path {
  for (const [i, step] of path.entries()) {
    if (typeof step !== "number") continue;
    const [given, found] = [at(inputs, ...path.slice(0, i)), at(live, ...path.slice(0, i))];
    if (!Array.isArray(given) || !Array.isArray(found) || given.length !== found.length)
      return path.slice(0, i);
  }
  return path;
}

/** Marks strings that are a secret input wherever the object repeats it. */
function markTraces(value: Value, traces: ReadonlySet<string>): Value {
  if (typeof value === "string") return traces.has(value) ? new Secret(value) : value;
  if (Array.isArray(value)) return value.map((item) => markTraces(item, traces));
  if (!isProperties(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markTraces(item, traces)]));
}
