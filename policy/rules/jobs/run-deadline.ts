import type * as k8s from "@pulumi/kubernetes";

import { kubernetesObject, type Written } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A run ends. */
export const runDeadline: ResourceRule = {
  id: "jobs/run-deadline",
  title: "A run ends",
  why: "one that hangs holds the next ones back for ever, and nobody is told",
  fix: "set activeDeadlineSeconds",
  severity: "medium",
  kinds: ["CronJob", "Job"],
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { jobTemplate, ...job } = kubernetesObject(resource)?.spec as Written<
      k8s.types.output.batch.v1.CronJobSpec & k8s.types.output.batch.v1.JobSpec
    >;
    const { activeDeadlineSeconds } = jobTemplate?.spec ?? job;
    if (activeDeadlineSeconds === undefined) yield "a run may take for ever";
  },
};
