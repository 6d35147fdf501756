import { kubernetesObject, podSpecOf, POD_MAKERS } from "../../kubernetes";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Pods run under an account that is there. */
export const accountExists: StackRule = {
  id: "identity/account-exists",
  title: "Pods run under an account of the stack",
  why: "no pod starts",
  fix: "name an account of the same namespace",
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["identity/account-exists"],
  counterparts: { kubeLinter: ["non-existent-service-account"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, { resources }) {
    const account = podSpecOf(resource)?.serviceAccountName;
    if (account === undefined) return;
    const namespace = kubernetesObject(resource)?.metadata.namespace;
    const exists = resources.some((other) => {
      if (!other.type.endsWith(":ServiceAccount")) return false;
      const metadata = kubernetesObject(other)?.metadata;
      return metadata?.name === account && metadata.namespace === namespace;
    });
    if (!exists) yield `there is no account ${account} in its namespace`;
  },
};
