import { bindingOf, BINDINGS } from "../../roles";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Rights go to accounts of components. */
export const noSharedSubject: ResourceRule = {
  id: "identity/no-shared-subject",
  title: "Rights go to accounts of their own",
  why: "every pod that runs there, or everybody in the cluster, has them",
  fix: "name the account of the one component that needs them",
  severity: "high",
  kinds: BINDINGS,
  counterparts: {
    checkov: ["CKV_K8S_42"],
    gatekeeper: ["K8sDisallowAnonymous"],
    kyverno: ["restrict-binding-system-groups"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { kind = "", name = "" } of bindingOf(resource).subjects ?? []) {
      if (kind === "ServiceAccount" ? name === "default" : name.startsWith("system:"))
        yield `it gives rights to the ${kind === "ServiceAccount" ? "account" : kind.toLowerCase()} ${name}`;
    }
  },
};
