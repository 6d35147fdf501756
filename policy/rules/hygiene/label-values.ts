import { templateLabels } from "../../cluster/objects";
import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Labels are what the API server takes. */
export const labelValues: ResourceRule = {
  id: "hygiene/label-values",
  title: "Labels are what the API server takes",
  why: "it refuses the object in the middle of a deployment",
  fix: "use letters, digits, - _ and . in a value, 63 characters at most",
  severity: "medium",
  kinds: "all",
  covers: ["hygiene/label-values"],
  counterparts: {
    kubeScore: ["label-values"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object === undefined) return;
    const pods = templateLabels({ kind: object.kind, labels: {}, spec: object.spec });
    for (const [key, value] of Object.entries({ ...pods, ...object.metadata.labels })) {
      if (!KEY.test(key)) yield `${JSON.stringify(key)} cannot be a label`;
      if (!VALUE.test(value ?? "")) yield `label ${key} cannot be ${JSON.stringify(value)}`;
    }
  },
};

const KEY = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
