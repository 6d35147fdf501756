import { INSTANCE_LABEL } from "../../../components/platform/site";
import { kubernetesObject } from "../../kubernetes";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Every object says which stack it is of. */
export const requiredLabels: StackRule = {
  id: "hygiene/required-labels",
  title: "Every object says which stack it is of",
  why: "nobody knows whose it is, and reports of cost and quota do not add up (D36)",
  fix: "take the labels from the site",
  severity: "medium",
  kinds: "all",
  covers: ["hygiene/labels", "hygiene/instance-name"],
  counterparts: {
    kubeLinter: ["required-label-owner"],
    polaris: ["metadataAndInstanceMismatched"],
    kyverno: ["require-labels"],
    gatekeeper: ["K8sRequiredLabels"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const object = kubernetesObject(resource);
    if (object === undefined) return;
    const labels = object.metadata.labels ?? {};
    for (const label of LABELS) if (labels[label] === undefined) yield `it lacks the label ${label}`;
    const instance = labels[INSTANCE_LABEL];
    if (instance !== undefined && instance !== stack.name) yield `its label says that it is of ${instance}`;
  },
};

const LABELS = [INSTANCE_LABEL, "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by"];
