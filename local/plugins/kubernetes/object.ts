import { isProperties, type Plain, type PlainProperties, textOf } from "../frame/values";

/** A Kubernetes object as the API server has it. */
export type KubeObject = PlainProperties;

/** What stands at `steps` in `value`, or undefined. */
export function at(value: Plain | undefined, ...steps: readonly (string | number)[]): Plain | undefined {
  let here = value;
  for (const step of steps) {
    if (typeof step === "number") here = Array.isArray(here) ? here[step] : undefined;
    else here = isProperties(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

/** The string at `steps`, or an empty one. */
export function textAt(value: Plain | undefined, ...steps: readonly (string | number)[]): string {
  return textOf(at(value, ...steps));
}

/** The number at `steps`, or 0, which is how Kubernetes writes down the absent ones in a status. */
export function numberAt(value: Plain | undefined, ...steps: readonly (string | number)[]): number {
  const found = at(value, ...steps);
  return typeof found === "number" ? found : 0;
}

/** The list at `steps`, or an empty one. */
export function listAt(value: Plain | undefined, ...steps: readonly (string | number)[]): Plain[] {
  const found = at(value, ...steps);
  return Array.isArray(found) ? found : [];
}

/** The map at `steps`, or an empty one. */
export function mapAt(value: Plain | undefined, ...steps: readonly (string | number)[]): PlainProperties {
  const found = at(value, ...steps);
  return isProperties(found) ? found : {};
}

/** The annotation `pulumi.com/<name>` of an object, or an empty string. */
export function pulumiAnnotation(object: PlainProperties, name: string): string {
  return textAt(object, "metadata", "annotations", `pulumi.com/${name}`);
}

/** The condition of `type` in an object's status. */
export function condition(object: PlainProperties, type: string): PlainProperties | undefined {
  return listAt(object, "status", "conditions")
    .filter((item) => isProperties(item))
    .find((item) => item.type === type);
}

/** How a message calls an object: `Deployment packit/worker`. */
export function describe(object: PlainProperties): string {
  const namespace = textAt(object, "metadata", "namespace");
  const name = textAt(object, "metadata", "name") || `${textAt(object, "metadata", "generateName")}…`;
  return `${textAt(object, "kind")} ${namespace === "" ? "" : `${namespace}/`}${name}`;
}

/** The map without the entries of these keys. */
export function omit(map: PlainProperties, keys: readonly string[]): PlainProperties {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}
