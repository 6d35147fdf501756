import type * as k8s from "@pulumi/kubernetes";

import { hasDigest } from "../../image-reference";
import {
  containersOf,
  imageField,
  kubernetesObject,
  POD_MAKERS,
  type KubernetesObject,
  type Written,
} from "../../kubernetes";
import type { ResourceRule } from "../../rule";

const TRIGGERS = "image.openshift.io/triggers";
const RESOLVED = "alpha.image.policy.openshift.io/resolve-names";

/** Production runs bytes that somebody chose: a digest, or a tag that an ImageStream holds still. */
export const pinned: ResourceRule = {
  id: "images/pinned",
  title: "Production pins its images",
  why: "a tag can be pushed over at any time, and the next pod that starts anywhere runs something else",
  fix: "give the image's digest (name@sha256:…) in the settings, or let it follow an ImageStream",
  severity: "high",
  kinds: POD_MAKERS,
  covers: ["images/digest"],
  counterparts: {
    kyverno: ["require-image-digest"],
    gatekeeper: ["K8sImageDigests"],
    checkov: ["CKV_K8S_43"],
  },
  holdsIn: ["prod"],
  enforcement: "mandatory",
  *check(resource) {
    const object = kubernetesObject(resource);
    if (object === undefined) return;
    const fields = triggeredFields(object);
    const resolved = resolvesStreams(object);
    for (const { name = "", image = "" } of containersOf(resource)) {
      if (hasDigest(image) || fields.has(imageField(object.kind, name))) continue;
      if (resolved && !image.includes("/")) continue;
      yield `container ${name} runs ${image}, which has no digest and no trigger`;
    }
  },
};

/** Whether an object runs once, and its pods take the short names of images from ImageStreams: no trigger can be on it. */
function resolvesStreams({ kind, spec }: KubernetesObject): boolean {
  if (kind !== "Job") return false;
  const { template } = spec as Written<k8s.types.output.batch.v1.JobSpec>;
  return template?.metadata?.annotations?.[RESOLVED] === "*";
}

/** The fields of an object that the cluster's image trigger keeps at an ImageStream's image. */
function triggeredFields(object: KubernetesObject): ReadonlySet<string> {
  const annotation = object.metadata.annotations?.[TRIGGERS];
  if (annotation === undefined) return new Set();
  try {
    const triggers = JSON.parse(annotation) as readonly { readonly fieldPath: string }[];
    return new Set(triggers.map((trigger) => trigger.fieldPath));
  } catch {
    // Whoever cannot read it follows no image either.
    return new Set();
  }
}
