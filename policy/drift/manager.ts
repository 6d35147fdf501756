import { isMap, listAt, textAt, at } from "../gate/values";

/** Who has set a field last, as the API server remembers it. */
export interface Manager {
  /** For example `kubectl-edit`. */
  readonly name: string;
  /** An RFC 3339 time in UTC. */
  readonly time: string | undefined;
}

/** How our own writes are called: after the plugin. */
const OWN = "pulumi-kubernetes";

/**
 * Finds who, other than the stack itself, set a field of an object last; undefined when nobody else did.
 *
 * @param object - As the API server holds it, with its `managedFields`.
 * @param path - For example `spec.replicas` or `spec.ports[0].port`.
 */
export function managerOf(object: unknown, path: string): Manager | undefined {
  const steps = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => ({ key: quoted ?? name, isElement: index !== undefined }),
  );
  return listAt(object, "metadata", "managedFields")
    .filter((entry) => owns(at(entry, "fieldsV1"), steps))
    .map((entry) => ({ name: textAt(entry, "manager") ?? "unknown", time: textAt(entry, "time") }))
    .filter(({ name }) => !name.startsWith(OWN))
    .sort((one, other) => (other.time ?? "").localeCompare(one.time ?? ""))[0];
}

interface Step {
  readonly key: string | undefined;
  readonly isElement: boolean;
}

/** Whether a set of fields has one. Elements are named by their contents there, so any of them is taken. */
function owns(fields: unknown, [step, ...rest]: readonly Step[]): boolean {
  if (!isMap(fields)) return false;
  if (step === undefined) return true;
  if (step.isElement)
    return Object.entries(fields).some(([key, within]) => /^[kvi]:/.test(key) && owns(within, rest));
  const within = at(fields, `f:${step.key ?? ""}`);
  // A field that is owned as a whole has nothing inside.
  return (
    within !== undefined && (Object.keys(isMap(within) ? within : {}).length === 0 || owns(within, rest))
  );
}
