import { podSpecOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Every component has an account of its own. */
export const ownAccount: ResourceRule = {
  id: "identity/own-account",
  title: "Pods do not use the default account",
  why: "rights that one pod needs are everybody's",
  fix: "make the pods with Workload or a task, which gives them an account",
  severity: "medium",
  kinds: POD_MAKERS,
  covers: ["identity/default-account"],
  counterparts: { checkov: ["CKV_K8S_41", "CKV_K8S_42"], kubeLinter: ["default-service-account"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { serviceAccountName = "default" } = podSpecOf(resource) ?? {};
    if (serviceAccountName === "default") yield "its pods run under the default account";
  },
};
