import { z } from "zod";

import { host, labelKey, labelValue, line, objectName } from "./values";

/** Where a stack goes. */
export const siteSettings = {
  platform: z
    .enum(["kubernetes", "openshift"])
    .meta({ description: "Kind of cluster: how hosts are exposed, namespaces made and images followed." }),
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
    })
    .meta({ description: "Public hosts, in place of those that the stack's name gives." }),
  storageClass: objectName
    .exactOptional()
    .meta({ description: "StorageClass of all claims; the cluster's default without.", example: "aws-ebs" }),
  priorityClass: objectName
    .exactOptional()
    .meta({ description: "PriorityClass of all pods; the cluster's default without." }),
  labels: z.record(labelKey, labelValue).meta({ description: "Further labels on every object." }),
  owner: labelValue.exactOptional().meta({ description: "Who answers for the stack; becomes a label." }),
};
