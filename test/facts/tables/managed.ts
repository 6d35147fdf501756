import type { Facts, ObjectFacts, Texts } from "../model";

const APPCODE: Texts = { "paas.redhat.com/appcode": "PCKT-002" };

/** Labels of Deployments and StatefulSets; their pods had another. */
const WORKLOAD: Texts = { "app-code": "PCKT-002", "service-phase": "prod", "cost-center": "700" };

/** The one Service whose template left them out. */
const FORGOTTEN = "Service/redis-commander";

/** What the managed platform's labels and annotations were, by kind; other kinds had none. */
export function withManagedLabels(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([object, plain]): [string, ObjectFacts] => [
      object,
      { ...plain, ...(object !== FORGOTTEN && labelsOf(object)) },
    ]),
  );
}

function labelsOf(object: string): Partial<ObjectFacts> {
  switch (object.split("/", 1)[0]) {
    case "Deployment":
    case "StatefulSet":
      return { label: WORKLOAD, podLabel: APPCODE };
    case "Service":
      return { label: APPCODE };
    case "Route":
      return { label: { ...APPCODE, shard: "external" } };
    case "PersistentVolumeClaim":
      return { label: APPCODE, annotation: { "kubernetes.io/reclaimPolicy": "Delete" } };
    default:
      return {};
  }
}
