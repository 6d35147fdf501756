import * as k8s from "@pulumi/kubernetes";

import { keptVolumes } from "../../../policy/rules/state/kept-volumes";
import { notDeletedFirst } from "../../../policy/rules/state/not-deleted-first";
import { notDeletedWith } from "../../../policy/rules/state/not-deleted-with";
import { protectedState } from "../../../policy/rules/state/protected";
import { retained } from "../../../policy/rules/state/retained";
import { securedFieldsKept } from "../../../policy/rules/state/secured-fields-kept";
import type { Case } from "../cases";
import { LABELS, withExtra } from "../extra";

const DATA = "PersistentVolumeClaim/postgres-15";
const VOLUME = "PersistentVolume/results";
const CLASS = "StorageClass/kept";

const volumes = withExtra(() => {
  new k8s.core.v1.PersistentVolume(
    "results",
    {
      metadata: { name: "results", labels: LABELS },
      spec: { capacity: { storage: "1Ti" }, accessModes: ["ReadWriteMany"] },
    },
    { protect: true, retainOnDelete: true },
  );
  new k8s.storage.v1.StorageClass("kept", {
    metadata: { name: "kept", labels: LABELS },
    provisioner: "ebs.csi.aws.com",
    reclaimPolicy: "Retain",
  });
});

export const stateCases: readonly Case[] = [
  {
    rule: protectedState,
    on: DATA,
    good: (draft) => {
      draft.protect = false;
      draft.inputs.metadata.annotations["packit.dev/disposable"] = "true";
    },
    bad: (draft) => (draft.protect = false),
    says: [`${DATA}: it holds data and is not protected`],
  },
  {
    rule: retained,
    on: DATA,
    bad: (draft) => (draft.retainOnDelete = false),
    says: [`${DATA}: it is deleted for good when it leaves the stack`],
  },
  {
    rule: notDeletedWith,
    on: DATA,
    bad: (draft) => (draft.deletedWith = { type: "kubernetes:core/v1:Namespace", name: "packit--prod" }),
    says: [`${DATA}: it counts as deleted with packit--prod`],
  },
  {
    rule: notDeletedFirst,
    on: DATA,
    bad: (draft) => (draft.deleteBeforeReplace = true),
    says: [`${DATA}: it is deleted before its replacement is there`],
  },
  {
    rule: keptVolumes,
    in: volumes,
    on: VOLUME,
    good: ({ inputs }) => (inputs.spec.persistentVolumeReclaimPolicy = "Retain"),
    bad: ({ inputs }) => (inputs.spec.persistentVolumeReclaimPolicy = "Delete"),
    says: [`${VOLUME}: its reclaim policy is Delete`],
  },
  {
    rule: keptVolumes,
    in: volumes,
    on: CLASS,
    bad: ({ inputs }) => delete inputs.reclaimPolicy,
    says: [`${CLASS}: its reclaim policy is Delete`],
    when: "a class that says nothing",
  },
  {
    rule: securedFieldsKept,
    on: "Deployment/packit-service",
    good: ({ ignoreChanges }) => ignoreChanges.push("spec.replicas"),
    bad: ({ ignoreChanges }) => ignoreChanges.push("spec.template.spec.securityContext.runAsNonRoot"),
    says: [
      "Deployment/packit-service: changes of spec.template.spec.securityContext.runAsNonRoot are ignored",
    ],
  },
];
