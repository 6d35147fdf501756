import * as z from "zod";

import { host, labelKey, labelValue, line, objectName } from "./values";

/** Where a stack goes. */
export const siteSettings = {
  platform: z.enum(["kubernetes", "openshift", "mpp"]).meta({
    description:
      "Kind of cluster: how hosts are exposed, namespaces made and images followed. `mpp` is the managed OpenShift, MP+.",
  }),
  cluster: z
    .strictObject({
      kubeconfig: z.string().min(1).meta({
        description: "Path of a kubeconfig file, or its contents (then as a secret).",
        allowed: "a path or the contents of a kubeconfig",
        example: "~/.kube/config",
      }),
      context: line.meta({ description: "Context in that kubeconfig.", example: "packit-stg" }),
    })
    .exactOptional()
    .meta({
      description:
        "The cluster. Without it the stack goes to the local control plane, which only dev and test instances may do by themselves.",
    }),
  namespace: objectName
    .exactOptional()
    .meta({ description: "Namespace, in place of the one that the stack's name gives." }),
  sandboxNamespace: objectName
    .exactOptional()
    .meta({ description: "Namespace of the sandbox pods, in place of the one that the stack's name gives." }),
  namespaceExists: z.boolean().exactOptional().meta({
    description:
      "Whether somebody else has made the namespace and keeps it: it is then read and neither changed nor deleted. Default: true for environments on `mpp`, which its own people get from the platform. Never on the local control plane.",
  }),
  tenant: objectName.meta({
    description:
      "Tenant of the managed platform, with which the names of its namespaces begin. Only for `mpp`.",
    example: "packit",
  }),
  appcode: labelValue.meta({
    description: "Code of the application: a label of the sandbox pods, and on `mpp` of everything.",
    example: "PCKT-002",
  }),
  servicePhase: z
    .enum(["lab", "preprod", "prod"])
    .meta({ description: "How far from production; a label on `mpp`." }),
  costCenter: labelValue.meta({ description: "Who pays; a label on `mpp`.", example: "700" }),
  hosts: z
    .strictObject({
      api: host
        .exactOptional()
        .meta({ description: "Public host of the web API.", example: "stg.packit.dev" }),
      dashboard: host
        .exactOptional()
        .meta({ description: "Public host of the dashboard.", example: "dashboard.stg.packit.dev" }),
      workers: host
        .exactOptional()
        .meta({ description: "Public host of metrics and Flower.", example: "workers.stg.packit.dev" }),
      redisCommander: host.exactOptional().meta({
        description: "Public host of redis-commander, which without it is reached by `kubectl port-forward`.",
        example: "redis-commander.stg.packit.dev",
      }),
    })
    .meta({ description: "Public hosts, in place of those that the stack's name gives." }),
  storageClass: objectName.exactOptional().meta({
    description: "StorageClass of all claims. Default: `aws-ebs` on `mpp`, otherwise the cluster's own.",
    example: "aws-ebs",
  }),
  priorityClass: objectName
    .exactOptional()
    .meta({ description: "PriorityClass of all pods; the cluster's default without." }),
  labels: z.record(labelKey, labelValue).meta({ description: "Further labels on every object." }),
  owner: labelValue.exactOptional().meta({ description: "Who answers for the stack; becomes a label." }),
};
