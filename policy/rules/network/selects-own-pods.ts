import { templateLabels } from "../../cluster/objects";
import { isEmpty, selects, type Selector } from "../../cluster/selector";
import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A workload's selector takes its own pods. */
export const selectsOwnPods: ResourceRule = {
  id: "network/selects-own-pods",
  title: "A workload's selector takes its own pods",
  why: "the API server refuses it, or it makes pods without end",
  fix: "use the same labels in the selector and in the pod template",
  severity: "high",
  kinds: ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  covers: ["network/selector-mismatch"],
  counterparts: {
    kubeLinter: ["mismatching-selector"],
    kubeScore: ["deployment-pod-selector-labels-match-template-metadata-labels"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object === undefined) return;
    const { selector } = object.spec as { readonly selector?: Selector };
    const labels = templateLabels({ kind: object.kind, labels: {}, spec: object.spec });
    if (selector === undefined || isEmpty(selector)) yield "it has no selector";
    else if (!selects(selector, labels)) yield "its selector does not take the pods of its own template";
  },
};
