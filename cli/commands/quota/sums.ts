import { quantity } from "../../../components/platform/quantity";
import type { PlannedObject } from "../../planned";
import { podAmount, type PodSpec } from "../../pod-amounts";

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
  total.requestedMemory += pods * podAmount(pod, "requests", "memory");
  total.requestedCpu += pods * podAmount(pod, "requests", "cpu");
  total.limitedMemory += pods * podAmount(pod, "limits", "memory");
  total.limitedCpu += pods * podAmount(pod, "limits", "cpu");
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
