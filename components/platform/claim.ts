import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { DISPOSABLE_ANNOTATION } from "./disposable";
import { durableOptions, objectLabels, type Site } from "./site";

export interface ClaimArgs {
  readonly site: Site;
  readonly component: string;
  /** Size, for example `4Gi`. It can grow later, never shrink. */
  readonly storage: string;
  /** What is lost with it can be made again (a cache): neither protected nor kept. @default false */
  readonly disposable?: boolean;
  /** Pods of several nodes use it at once; the storage class must be able to. @default false */
  readonly manyNodes?: boolean;
}

/** A volume for the pods of one node at a time, unless it is said to be for many. One that holds data is protected and outlives the stack in a durable site. */
export function claim(
  name: string,
  args: ClaimArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.PersistentVolumeClaim {
  const { site, storage } = args;
  return new k8s.core.v1.PersistentVolumeClaim(
    name,
    {
      metadata: {
        name,
        namespace: site.namespace,
        labels: objectLabels(site, args.component),
        annotations: {
          ...site.platform.claimAnnotations,
          ...(args.disposable === true && { [DISPOSABLE_ANNOTATION]: "true" }),
        },
      },
      spec: claimSpec(site, storage, args.manyNodes),
    },
    { ...opts, ...(args.disposable === true ? {} : durableOptions(site)) },
  );
}

/** The claim's spec, also for a StatefulSet's claim template. */
export function claimSpec(
  site: Site,
  storage: string,
  manyNodes = false,
): k8s.types.input.core.v1.PersistentVolumeClaimSpec {
  const { storageClass } = site.platform;
  return {
    accessModes: [manyNodes ? "ReadWriteMany" : "ReadWriteOnce"],
    resources: { requests: { storage } },
    ...(storageClass !== undefined && { storageClassName: storageClass }),
  };
}
