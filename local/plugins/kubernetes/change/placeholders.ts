import type { Path } from "../../frame/paths";
import { isProperties, type Plain, type PlainProperties, unknown } from "../../frame/values";

/** What stands for a text that is not known yet. It is a valid name, label and path element. */
const text = "unknown";

/** Maps of which every value is a string. */
const textMaps = new Set([
  "annotations",
  "data",
  "labels",
  "matchLabels",
  "nodeSelector",
  "selector",
  "stringData",
]);

/** The fields that tell the items of a list apart: an apply without them is refused before anything is checked. */
const itemNames = new Set(["devicePath", "ip", "key", "name", "topologyKey", "type", "uid"]);
const itemPaths = new Set(["mountPath"]);
const itemNumbers = new Set(["containerPort", "port"]);

/** An object that can be tried although parts of it are not known yet. */
export interface Triable {
  readonly object: PlainProperties;
  /** Where the unknown parts stood. */
  readonly gaps: readonly Path[];
}

/** `inputs` with a value of the right type where the type of an unknown one is certain, and without the others. */
export function fillGaps(inputs: PlainProperties): Triable {
  const gaps: Path[] = [];
  const filled = fill(inputs, [], gaps);
  return { object: isProperties(filled) ? filled : {}, gaps };
}

function fill(value: Plain, path: Path, gaps: Path[]): Plain | undefined {
  if (value === unknown) {
    gaps.push(path);
    return placeholder(path);
  }
  if (Array.isArray(value)) return value.flatMap((item, i) => fill(item, [...path, i], gaps) ?? []);
  if (!isProperties(value)) return value;
  const filled: PlainProperties = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = fill(item, [...path, key], gaps);
    if (inner !== undefined) filled[key] = inner;
  }
  return filled;
}

function placeholder(path: Path): Plain | undefined {
  const [holder, field] = [path.at(-2), path.at(-1)];
  if (typeof field !== "string") return undefined;
  if (typeof holder === "string" && textMaps.has(holder)) {
    // A Secret's data is base64; a ConfigMap's takes that as well.
    return holder === "data" ? Buffer.from(text).toString("base64") : text;
  }
  if (typeof holder !== "number") return undefined;
  if (itemNames.has(field)) return `${text}-${holder}`;
  if (itemPaths.has(field)) return `/${text}-${holder}`;
  return itemNumbers.has(field) ? holder + 1 : undefined;
}

/** Whether a finding about the field at `path` may stem from a gap: it stands above, below or beside one. */
export function mayStemFromGap(path: Path, gaps: readonly Path[]): boolean {
  return gaps.some((gap) => {
    const beside = gap.slice(0, -1);
    const shorter = Math.min(beside.length, path.length);
    return beside.slice(0, shorter).every((step, i) => step === path[i]);
  });
}
