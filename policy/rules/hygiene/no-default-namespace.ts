import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Every object is in a namespace of its own. */
export const noDefaultNamespace: ResourceRule = {
  id: "hygiene/no-default-namespace",
  title: "Every object is in a namespace of its own",
  why: "it lands in whatever the kubeconfig says, beside other people's",
  fix: "give the site's namespace",
  severity: "high",
  kinds: "all",
  covers: ["hygiene/default-namespace"],
  counterparts: {
    kubeLinter: ["use-namespace"],
    kyverno: ["disallow-default-namespace"],
    checkov: ["CKV_K8S_21"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object === undefined || CLUSTER_WIDE.includes(object.kind)) return;
    const { namespace } = object.metadata;
    if (namespace === undefined || namespace === "") yield "it names no namespace";
    if (namespace === "default" || namespace?.startsWith("kube-")) yield `it is in ${namespace}`;
  },
};

/** Kinds of the stacks, and their like, that are in no namespace. */
const CLUSTER_WIDE = [
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "MutatingWebhookConfiguration",
  "Namespace",
  "PersistentVolume",
  "PriorityClass",
  "Project",
  "StorageClass",
  "ValidatingWebhookConfiguration",
];
