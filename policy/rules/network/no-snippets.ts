import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** An Ingress brings no text of nginx's configuration. */
export const noSnippets: ResourceRule = {
  id: "network/no-snippets",
  title: "An Ingress brings no text of nginx's configuration",
  why: "whoever may write one reads the controller's token, and with it every Secret (CVE-2021-25742)",
  fix: "use the annotations that have a meaning of their own",
  severity: "high",
  kinds: ["Ingress"],
  covers: ["network/snippets"],
  counterparts: {
    kyverno: ["disallow-ingress-nginx-custom-snippets"],
    checkov: ["CKV_K8S_152", "CKV_K8S_153", "CKV_K8S_154"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object?.kind !== "Ingress") return;
    for (const name of Object.keys(object.metadata.annotations ?? {}))
      if (name.endsWith("-snippet")) yield `it has the annotation ${name}`;
  },
};
