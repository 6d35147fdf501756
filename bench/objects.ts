/** A Kubernetes object as a program wrote it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface StateResource {
  readonly type: string;
  readonly custom: boolean;
  readonly inputs?: unknown;
}

/** How the engine marks a secret value in a checkpoint. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Kinds that exist in the engine's state alone. */
const NO_OBJECTS = /^kubernetes:(helm|kustomize|yaml)/;

/** The objects of a checkpoint with plain secrets (`pulumi stack export --show-secrets`), in the order of their making. */
export function objectsIn(checkpoint: string): KubernetesObject[] {
  const { deployment } = JSON.parse(checkpoint) as { deployment: { resources?: StateResource[] } };
  return (deployment.resources ?? [])
    .filter(({ type, custom }) => custom && type.startsWith("kubernetes:") && !NO_OBJECTS.test(type))
    .map(({ inputs }) => revealed(inputs) as KubernetesObject);
}

/** The objects with their Projects as Namespaces: what a Project makes is there only after `kubectl` has looked for it. */
export function withoutProjects(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.map((object) =>
    object.kind === "Project" ? { apiVersion: "v1", kind: "Namespace", metadata: object.metadata } : object,
  );
}

function revealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value && "plaintext" in value) return revealed(JSON.parse(String(value.plaintext)));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, revealed(entry)]));
}
