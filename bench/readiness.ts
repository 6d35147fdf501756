interface Workload {
  readonly metadata: { readonly generation?: number };
  readonly spec: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
  };
}

/** Whether the Deployments and StatefulSets that `kubectl get --output=json` lists run as wished, and there are some. */
export function workloadsReady(list: string): boolean {
  const { items } = JSON.parse(list) as { items: Workload[] };
  return items.length > 0 && items.every(isReady);
}

function isReady({ metadata, spec, status = {} }: Workload): boolean {
  const { replicas = 1 } = spec;
  const { observedGeneration, readyReplicas = 0, updatedReplicas = 0 } = status;
  return (
    observedGeneration === metadata.generation && readyReplicas === replicas && updatedReplicas === replicas
  );
}
