import type { ClusterObjects } from "../objects";
import { carries, selects, type Labels, type Selector } from "../../../policy/cluster/selector";
import { NO_LABELS } from "../no-labels";

/** Workloads that do not select their own pods or lack their Service (D04), and budgets over no pods. */
export function* workloadFindings(objects: ClusterObjects): Iterable<string> {
  for (const { owner, namespace, labels } of objects.pods) {
    const { selector, serviceName } = owner.body.spec as { selector?: Selector; serviceName?: string };
    if (selector !== undefined && !selects(selector, labels))
      yield `${owner.title}: its selector does not match its own pods`;
    if (owner.kind !== "StatefulSet") continue;
    const service = objects.find("Service", namespace, serviceName ?? "");
    if (service === undefined)
      yield `${owner.title}: there is no Service ${serviceName ?? ""} in ${namespace}`;
    else if (!carries(labels, (service.body.spec.selector ?? NO_LABELS) as Labels))
      yield `${owner.title}: Service ${service.name} does not select its pods`;
  }
  for (const { title, namespace, body } of objects.ofKind("PodDisruptionBudget")) {
    const selector = body.spec.selector as Selector;
    if (!objects.pods.some((pods) => pods.namespace === namespace && selects(selector, pods.labels)))
      yield `${title}: it selects no pods in ${namespace}`;
  }
}
