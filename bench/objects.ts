/** A Kubernetes object as a program wrote it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

interface StateResource {
  readonly type: string;
  readonly custom: boolean;
  readonly inputs?: unknown;
}

/** How the engine marks a secret value in a checkpoint. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Annotation by which OpenShift sets the image of a workload. */
const TRIGGERS = "image.openshift.io/triggers";

/** Kinds that exist in the engine's state alone. */
const NO_OBJECTS = /^kubernetes:(helm|kustomize|yaml)/;

/** The objects of a checkpoint with plain secrets (`pulumi stack export --show-secrets`), in the order of their making. */
export function objectsIn(checkpoint: string): KubernetesObject[] {
  const { deployment } = JSON.parse(checkpoint) as { deployment: { resources?: StateResource[] } };
  return (deployment.resources ?? [])
    .filter(({ type, custom }) => custom && type.startsWith("kubernetes:") && !NO_OBJECTS.test(type))
    .map(({ inputs }) => revealed(inputs) as KubernetesObject);
}

/**
 * The objects in a form that `kubectl apply` can go on with: Projects as the Namespaces that they make, since nothing
 * waits for those, and no image triggers, whose changes it would conflict with at the next apply.
 */
export function forKubectl(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.map((object) => {
    const { annotations, ...metadata } = object.metadata;
    if (object.kind === "Project") return { apiVersion: "v1", kind: "Namespace", metadata };
    if (annotations?.[TRIGGERS] === undefined) return object;
    const others = Object.entries(annotations).filter(([key]) => key !== TRIGGERS);
    return { ...object, metadata: { ...metadata, annotations: Object.fromEntries(others) } };
  });
}

function revealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value && "plaintext" in value) return revealed(JSON.parse(String(value.plaintext)));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, revealed(entry)]));
}
