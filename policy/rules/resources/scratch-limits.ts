import { podSpecOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Scratch space has an end. */
export const scratchLimits: ResourceRule = {
  id: "resources/scratch-limits",
  title: "Every scratch volume has a size limit",
  why: "one pod fills the node's disk, and all its pods are evicted",
  fix: "give the mount a sizeLimit",
  severity: "medium",
  kinds: POD_MAKERS,
  covers: ["resources/scratch-limit"],
  counterparts: {
    gatekeeper: ["K8sEphemeralStorageLimit"],
    kubeScore: ["container-ephemeral-storage-request-and-limit"],
    kyverno: ["require-emptydir-requests-and-limits"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", emptyDir } of podSpecOf(resource)?.volumes ?? []) {
      if (emptyDir !== undefined && emptyDir.sizeLimit === undefined)
        yield `volume ${name} has no size limit`;
    }
  },
};
