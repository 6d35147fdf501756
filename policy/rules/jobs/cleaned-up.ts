import type * as k8s from "@pulumi/kubernetes";

import { kubernetesObject, type Written } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Runs that are over do not pile up. */
export const cleanedUp: ResourceRule<{ most: number }> = {
  id: "jobs/cleaned-up",
  title: "Runs that are over do not pile up",
  why: "finished pods and their logs fill the namespace's quota",
  fix: "set both history limits to a few",
  severity: "low",
  kinds: ["CronJob"],
  covers: ["jobs/ttl"],
  counterparts: {
    kubeLinter: ["job-ttl-seconds-after-finished"],
    kyverno: ["add-ttl-jobs"],
  },
  configuration: { most: { description: "Runs of one kind that may be kept.", default: 10 } },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource, { most }) {
    const spec = kubernetesObject(resource)?.spec as Written<k8s.types.output.batch.v1.CronJobSpec>;
    if (spec.jobTemplate?.spec?.ttlSecondsAfterFinished !== undefined) return;
    for (const field of ["successfulJobsHistoryLimit", "failedJobsHistoryLimit"] as const) {
      const kept = spec[field];
      if (kept === undefined) yield `${field} is left to the cluster`;
      else if (kept > most) yield `it keeps ${kept} runs (${field}), above ${most}`;
    }
  },
};
