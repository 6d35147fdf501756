import type * as k8s from "@pulumi/kubernetes";

import { labelValues } from "../../../policy/rules/hygiene/label-values";
import { noBarePods } from "../../../policy/rules/hygiene/no-bare-pods";
import { noDefaultNamespace } from "../../../policy/rules/hygiene/no-default-namespace";
import { requiredLabels } from "../../../policy/rules/hygiene/required-labels";
import { servedApi } from "../../../policy/rules/hygiene/served-api";
import { uniqueEnv } from "../../../policy/rules/hygiene/unique-env";
import type { Case } from "../cases";

const API = "Deployment/packit-service";
const CLAIM = "PersistentVolumeClaim/postgres-15";

export const hygieneCases: readonly Case[] = [
  {
    rule: servedApi,
    on: API,
    bad: (draft) => (draft.type = "kubernetes:apps/v1beta2:Deployment"),
    says: [`${API}: apps/v1beta2 is no longer served`],
  },
  {
    rule: servedApi,
    on: "Ingress/packit-service",
    in: "dev",
    bad: ({ inputs }) => (inputs.apiVersion = "extensions/v1beta1"),
    says: ["Ingress/packit-service: extensions/v1beta1 is no longer served"],
    when: "a group that moved",
  },
  {
    rule: requiredLabels,
    on: CLAIM,
    bad: ({ inputs }) => delete inputs.metadata.labels["app.kubernetes.io/part-of"],
    says: [`${CLAIM}: it lacks the label app.kubernetes.io/part-of`],
  },
  {
    rule: requiredLabels,
    on: CLAIM,
    bad: ({ inputs }) => (inputs.metadata.labels["app.kubernetes.io/instance"] = "stg"),
    says: [`${CLAIM}: its label says that it is of stg`],
    when: "another's label",
  },
  {
    rule: labelValues,
    on: API,
    good: ({ inputs }) => (inputs.metadata.labels.empty = ""),
    bad: ({ inputs }) => (inputs.spec.template.metadata.labels.owner = "packit team"),
    says: [`${API}: label owner cannot be "packit team"`],
  },
  {
    rule: labelValues,
    on: API,
    bad: ({ inputs }) => (inputs.metadata.labels["Packit.dev/owner"] = "packit"),
    says: [`${API}: "Packit.dev/owner" cannot be a label`],
    when: "a key that is none",
  },
  {
    rule: noBarePods,
    on: API,
    bad: (draft) => (draft.type = "kubernetes:core/v1:Pod"),
    says: ["Pod/packit-service: nothing replaces a bare Pod"],
  },
  {
    rule: noDefaultNamespace,
    on: CLAIM,
    bad: ({ inputs }) => (inputs.metadata.namespace = "default"),
    says: [`${CLAIM}: it is in default`],
  },
  {
    rule: noDefaultNamespace,
    on: CLAIM,
    bad: ({ inputs }) => delete inputs.metadata.namespace,
    says: [`${CLAIM}: it names no namespace`],
    when: "without one",
  },
  {
    rule: uniqueEnv,
    on: API,
    bad: ({ inputs }) => {
      const { env } = inputs.spec.template.spec.containers[0] as { env: k8s.types.input.core.v1.EnvVar[] };
      env.push({ name: "DEPLOYMENT", value: "stg" });
    },
    says: [`${API}: container packit-service has DEPLOYMENT twice`],
  },
];
