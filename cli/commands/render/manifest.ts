import { stringify } from "yaml";

import type { PlannedObject } from "../../planned";

/** First line of every file, by which those that are no longer made are known. */
export const MARK = "# Made by packit-stacks render, do not edit: ";

/** The order in which objects are applied, by the first character of their files' names. */
const STAGES: readonly (readonly string[])[] = [
  ["Namespace", "Project", "TenantNamespace"],
  ["ServiceAccount", "Role", "RoleBinding", "NetworkPolicy", "ResourceQuota", "LimitRange"],
  ["ConfigMap", "Secret", "PersistentVolumeClaim", "ImageStream"],
  ["Service"],
  ["Deployment", "StatefulSet", "PodDisruptionBudget", "CronJob", "Job"],
  ["Route", "Ingress"],
];

/** Where kinds go that are in no stage: with what pods read, before the pods. */
const BESIDE_FILES = 2;

/** The property by which the engine's protocol marks a secret, which then holds its value. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What annotations begin with that only the engine reads. */
const ENGINES_OWN = "pulumi.com/";

/**
 * An object as a manifest. A Secret has no values, only the names of those that it is to hold: whoever applies it
 * leaves the values that are there as they are.
 */
export function manifest(
  stack: string,
  object: PlannedObject,
): { readonly path: string; readonly text: string } {
  const { apiVersion, kind, metadata, data, ...rest } = plain(object.body) as Record<string, unknown>;
  const isSecret = kind === "Secret";
  const keys = isSecret ? Object.keys(data as object).sort() : [];
  const body = {
    apiVersion,
    kind,
    metadata: withoutEnginesOwn(metadata as Record<string, unknown>),
    ...(!isSecret && data !== undefined && { data }),
    ...rest,
  };
  const note = isSecret ? `# To be filled, by other means than this file: ${keys.join(", ")}\n` : "";
  return {
    path: pathOf(object),
    text: `${MARK}${stack}\n${note}${stringify(body, { lineWidth: 0, aliasDuplicateObjects: false })}`,
  };
}

function pathOf({ kind, name, namespace }: PlannedObject): string {
  const known = STAGES.findIndex((kinds) => kinds.includes(kind));
  const stage = known === -1 ? BESIDE_FILES : known;
  const file = `${stage}-${kind.toLowerCase()}-${name}.yaml`;
  return namespace === "" ? file : `${namespace}/${file}`;
}

function withoutEnginesOwn(metadata: Record<string, unknown>): Record<string, unknown> {
  const { annotations, ...others } = metadata;
  const kept = Object.entries(annotations ?? {}).filter(([key]) => !key.startsWith(ENGINES_OWN));
  return { ...others, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) };
}

/** The value without the engine's marks, and without what is not set. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value && "value" in value) return plain(value.value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, plain(inner)]),
  );
}
