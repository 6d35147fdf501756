import type * as k8s from "@pulumi/kubernetes";

import type { Written } from "../kubernetes";
import { known } from "./known";
import { sameNamespace, type SeenObject, type SeenObjects } from "./objects";

/**
 * Whether a workload's pods use a volume that only one node at a time can have: a second pod may wait for the first
 * one's end without end.
 */
export function isTiedToVolume(maker: SeenObject, objects: SeenObjects): boolean {
  const { volumes = [] } = objects.pods.find(({ owner }) => owner === maker)?.spec ?? {};
  const claims = volumes.flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined ? [] : [known(() => persistentVolumeClaim.claimName)],
  );
  return claims.some((name) => {
    // A name that is not known yet may be any claim's.
    const wanted = (claim: SeenObject): boolean => name === undefined || claim.name === name;
    const all = objects.ofKind("PersistentVolumeClaim").filter((claim) => sameNamespace(claim, maker));
    return !all.some((claim) => wanted(claim) && isForMany(claim));
  });
}

function isForMany({ spec }: SeenObject): boolean {
  const { accessModes = [] } = spec as Written<k8s.types.output.core.v1.PersistentVolumeClaimSpec>;
  return accessModes.includes("ReadWriteMany") || accessModes.includes("ReadOnlyMany");
}
