import { quantity } from "../../../components/platform/quantity";
import type { PlannedObject } from "../../planned";

/** What a namespace's ResourceQuota has to allow. Memory and storage in bytes, processors in cores. */
export interface Sums {
  readonly namespace: string;
  pods: number;
  requestedMemory: number;
  requestedCpu: number;
  limitedMemory: number;
  limitedCpu: number;
  claims: number;
  storage: number;
}

interface Amounts {
  readonly memory?: string;
  readonly cpu?: string;
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly (Container & { readonly restartPolicy?: string })[];
}

interface Container {
  readonly resources?: { readonly requests?: Amounts; readonly limits?: Amounts };
}

interface WorkloadSpec {
  readonly replicas?: number;
  readonly strategy?: { readonly type?: string };
  readonly template?: { readonly spec: PodSpec };
  readonly jobTemplate?: { readonly spec: { readonly template: { readonly spec: PodSpec } } };
  readonly resources?: { readonly requests?: { readonly storage?: string } };
}

/**
 * Sums what a stack's objects ask for, by namespace, at the worst moment: all jobs at once, and a pod more of each
 * Deployment that is replaced without a pause. Pods that the application itself makes in the sandbox are not planned.
 */
export function sumsOf(objects: readonly PlannedObject[]): readonly Sums[] {
  const sums = new Map<string, Sums>();
  for (const { kind, namespace, body } of objects) {
    const spec = (body.spec ?? {}) as WorkloadSpec;
    const total = sums.get(namespace) ?? nothing(namespace);
    if (kind === "PersistentVolumeClaim") {
      total.claims += 1;
      total.storage += quantity(spec.resources?.requests?.storage ?? "0");
    } else {
      addPods(total, spec);
    }
    if (total.pods + total.claims > 0) sums.set(namespace, total);
  }
  return [...sums.values()];
}

function addPods(total: Sums, { replicas = 1, strategy, template, jobTemplate }: WorkloadSpec): void {
  const pod = template?.spec ?? jobTemplate?.spec.template.spec;
  if (pod === undefined) return;
  const pods = replicas + (strategy?.type === "RollingUpdate" && replicas > 0 ? 1 : 0);
  total.pods += pods;
  total.requestedMemory += pods * amountOf(pod, "requests", "memory");
  total.requestedCpu += pods * amountOf(pod, "requests", "cpu");
  total.limitedMemory += pods * amountOf(pod, "limits", "memory");
  total.limitedCpu += pods * amountOf(pod, "limits", "cpu");
}

/** As Kubernetes counts a pod: all that run together, or the hungriest that runs before them alone. */
function amountOf(pod: PodSpec, kind: "requests" | "limits", resource: keyof Amounts): number {
  const of = ({ resources }: Container): number => {
    const asked =
      resources?.[kind]?.[resource] ?? (kind === "requests" ? resources?.limits?.[resource] : undefined);
    return quantity(asked ?? "0");
  };
  const inits = pod.initContainers ?? [];
  const sidecars = inits.filter(({ restartPolicy }) => restartPolicy === "Always");
  const alone = inits.filter(({ restartPolicy }) => restartPolicy !== "Always").map(of);
  const together = [...pod.containers, ...sidecars].reduce((sum, container) => sum + of(container), 0);
  return Math.max(together, ...alone);
}

function nothing(namespace: string): Sums {
  return {
    namespace,
    pods: 0,
    requestedMemory: 0,
    requestedCpu: 0,
    limitedMemory: 0,
    limitedCpu: 0,
    claims: 0,
    storage: 0,
  };
}
