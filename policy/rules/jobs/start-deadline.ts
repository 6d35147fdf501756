import type * as k8s from "@pulumi/kubernetes";

import { kubernetesObject, type Written } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A scheduled run that comes too late is left out. */
export const startDeadline: ResourceRule = {
  id: "jobs/start-deadline",
  title: "A scheduled run that comes too late is left out",
  why: "after an outage all runs start at once, and after 100 missed ones none ever again",
  fix: "set startingDeadlineSeconds",
  severity: "medium",
  kinds: ["CronJob"],
  covers: ["jobs/deadline"],
  counterparts: {
    kubeScore: ["cronjob-has-deadline"],
    kyverno: ["require-cronjob-deadline"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { startingDeadlineSeconds } = kubernetesObject(resource)
      ?.spec as Written<k8s.types.output.batch.v1.CronJobSpec>;
    if (startingDeadlineSeconds === undefined) yield "it has no startingDeadlineSeconds";
    // The controller looks every ten seconds, and would never find one in time.
    else if (startingDeadlineSeconds < 10) yield `${startingDeadlineSeconds} s are too few to start in`;
  },
};
