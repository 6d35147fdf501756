/** A value as YAML and JSON have them. */
export type Plain = unknown;

/** A map of settings. */
export type Tree = Readonly<Record<string, Plain>>;

/** Where a value stands: keys and, within lists, positions. */
export type Path = readonly (string | number)[];

/** Whether a value is a map, and not a list. */
export function isTree(value: Plain): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The upper settings laid over the lower ones: maps are merged, everything else is replaced. */
export function overlay(lower: Tree, upper: Tree): Tree {
  const merged: Record<string, Plain> = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = merged[key];
    merged[key] = isTree(below) && isTree(value) ? overlay(below, value) : value;
  }
  return merged;
}

/** The value at a path; undefined when nothing is there. */
export function valueAt(value: Plain, path: Path): Plain {
  let current: Plain = value;
  for (const step of path) {
    if (Array.isArray(current) && typeof step === "number") current = current[step] as Plain;
    else if (isTree(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}

/** The tree without what stands at a path; a path into a list takes the list away as a whole. */
export function without(tree: Tree, path: Path): Tree {
  const [step, ...rest] = path;
  if (step === undefined || !Object.hasOwn(tree, step)) return tree;
  const { [step]: value, ...others } = tree;
  return rest.length > 0 && isTree(value) ? { ...others, [step]: without(value, rest) } : others;
}

/** Freezes a value and all that it holds. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** A path as `pulumi config set --path` takes it, for example `packit:forges[0].name`. */
export function settingKey(path: Path): string {
  const [first = "", ...rest] = path;
  const steps = rest.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return /^[\w-]+$/.test(step) ? `.${step}` : `["${step}"]`;
  });
  return `packit:${first}${steps.join("")}`;
}
