import type * as k8s from "@pulumi/kubernetes";

import { DISPOSABLE_ANNOTATION } from "../../../components/platform/disposable";
import { kubernetesObject, type KubernetesObject, type Written } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** What data goes with when it is deleted: volumes, and whatever holds them. */
const STATEFUL = ["Namespace", "PersistentVolume", "PersistentVolumeClaim", "Project", "TenantNamespace"];

/** What holds data can only be deleted after somebody has said so. */
export const protectedState: ResourceRule = {
  id: "state/protected",
  title: "What holds data is protected",
  why: "one wrong rename or destroy deletes it, and with a namespace everything inside",
  fix: `set protect on the resource itself, or annotate ${DISPOSABLE_ANNOTATION}: "true" what can be made again`,
  severity: "critical",
  kinds: [...STATEFUL, "StatefulSet"],
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object === undefined || resource.protect || !holdsData(object)) return;
    if (object.metadata.annotations?.[DISPOSABLE_ANNOTATION] === "true") return;
    yield "it holds data and is not protected";
  },
};

function holdsData(object: KubernetesObject): boolean {
  if (object.kind !== "StatefulSet") return STATEFUL.includes(object.kind);
  const { volumeClaimTemplates = [] } = object.spec as Written<k8s.types.output.apps.v1.StatefulSetSpec>;
  return volumeClaimTemplates.length > 0;
}
