import { noLatest } from "../../../policy/rules/images/no-latest";
import { pinned } from "../../../policy/rules/images/pinned";
import { pullPolicy } from "../../../policy/rules/images/pull-policy";
import { registries } from "../../../policy/rules/images/registries";
import type { Case } from "../cases";
import { containerWith } from "../drafts";

export const imagesCases: readonly Case[] = [
  {
    rule: noLatest,
    on: "ImageStream/packit-service",
    bad: ({ inputs }) => {
      inputs.spec.tags[0].from.name = "quay.io/packit/packit-service";
    },
    says: ["ImageStream/packit-service: the stream imports quay.io/packit/packit-service"],
  },
  {
    rule: pinned,
    on: "Deployment/packit-service",
    bad: ({ inputs }) => {
      delete inputs.metadata.annotations["image.openshift.io/triggers"];
    },
    says: [
      "Deployment/packit-service: container packit-service runs packit-service:prod, which has no digest and no trigger",
      "Deployment/packit-service: container fluentd-sidecar runs fluentd:prod, which has no digest and no trigger",
    ],
  },
  {
    rule: pullPolicy,
    on: "Deployment/packit-service",
    when: "left on its node",
    good: containerWith({ imagePullPolicy: "Always" }),
    bad: containerWith({ imagePullPolicy: "Never" }),
    says: ["Deployment/packit-service: container packit-service is never pulled"],
  },
  {
    rule: pullPolicy,
    on: "Deployment/packit-service",
    when: "silent",
    bad: containerWith({ imagePullPolicy: undefined }),
    says: ["Deployment/packit-service: container packit-service does not say when its image is pulled"],
  },
  {
    rule: registries,
    on: "Deployment/packit-service",
    good: containerWith({ image: "quay.io/packit/packit-service:prod" }),
    bad: containerWith({ image: "docker.io/someone/packit-service:prod" }),
    says: ["Deployment/packit-service: container packit-service runs docker.io/someone/packit-service:prod"],
  },
  {
    rule: registries,
    on: "ImageStream/packit-service",
    when: "from elsewhere",
    bad: ({ inputs }) => {
      inputs.spec.tags[0].from.name = "example.org/packit-service:prod";
    },
    says: ["ImageStream/packit-service: the stream imports example.org/packit-service:prod"],
  },
];
