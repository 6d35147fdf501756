import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

/** What a program is made to do differently, as a test writes it into `altered.json` of a checkout of its own. */
export interface Alterations {
  /** Further resources of the cluster, by name. */
  readonly extras?: Readonly<Record<string, Extra>>;
  /** Changes of what the program makes, by kind and name: `Deployment/flower`. */
  readonly edits?: Readonly<Record<string, Edit>>;
}

export interface Extra extends Edit {
  /** For example `core/v1:ConfigMap`. */
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Edit {
  /** New values by path, for example `spec.replicas`; `null` takes a field away. */
  readonly set?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** The name that the resource had before. */
  readonly alias?: string;
  /** Whether the engine takes the cluster's going for its own. */
  readonly deletedWithCluster?: boolean;
}

/** The program runs as a bundle in `.local/program`. */
const ALTERED = join(__dirname, "..", "..", "altered.json");

/** Takes the place of the guard in that checkout: the gate has to find by itself what the guard would refuse. */
export function installGuard(): void {
  const { extras = {}, edits = {} } = JSON.parse(readFileSync(ALTERED, "utf8")) as Alterations;
  let provider: pulumi.ProviderResource | undefined;
  let isFirst = true;
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts, resource }) => {
    if (type.startsWith("pulumi:providers:")) provider = resource as pulumi.ProviderResource;
    const cluster = provider;
    if (cluster !== undefined && isFirst && type.endsWith("Namespace")) {
      isFirst = false;
      setImmediate(() => {
        makeExtras(extras, cluster, resource);
      });
    }
    const edit = edits[`${type.split(":").at(-1) ?? ""}/${name}`];
    if (edit === undefined) return undefined;
    let altered: unknown = props;
    for (const [path, value] of Object.entries(edit.set ?? {}))
      altered = withValue(altered, path.split("."), value);
    return {
      props: altered as pulumi.Inputs,
      opts: pulumi.mergeOptions({ ...opts, ...cleared(edit.options) }, edit.options),
    };
  });
}

/** Makes further resources, in the stack's first namespace. */
function makeExtras(
  extras: NonNullable<Alterations["extras"]>,
  provider: pulumi.ProviderResource,
  namespace: pulumi.Resource,
): void {
  for (const [name, { type, inputs, options, alias, deletedWithCluster }] of Object.entries(extras)) {
    new ExtraResource(
      `kubernetes:${type}`,
      name,
      { ...described(type), ...inputs },
      {
        ...options,
        provider,
        dependsOn: [namespace],
        ...(alias !== undefined && { aliases: [{ name: alias }] }),
        ...(deletedWithCluster === true && { deletedWith: provider }),
      },
    );
  }
}

/** A resource of any type. */
class ExtraResource extends pulumi.CustomResource {}

/** Options that are to be replaced rather than added to. */
function cleared(options: Edit["options"] = {}): Record<string, undefined> {
  return Object.fromEntries(Object.keys(options).map((key) => [key, undefined]));
}

function described(kind: string): { apiVersion: string; kind: string } {
  const [apiVersion = "", name = ""] = kind.replace(/^core\//, "").split(":");
  return { apiVersion, kind: name };
}

/** A copy with another value at a path. What the program has not made yet is looked into when it is there. */
function withValue(value: unknown, [step = "", ...rest]: readonly string[], wanted: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise)
    return pulumi.output(value).apply((found: unknown) => withValue(found, [step, ...rest], wanted));
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as Record<string, unknown> | undefined) };
  const fields = copy as Record<string, unknown>;
  if (rest.length > 0) fields[step] = withValue(fields[step], rest, wanted);
  else if (wanted === null) Reflect.deleteProperty(fields, step);
  else fields[step] = wanted;
  return copy;
}
