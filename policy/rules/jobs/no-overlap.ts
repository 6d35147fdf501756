import type * as k8s from "@pulumi/kubernetes";

import { kubernetesObject, type Written } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A scheduled run waits for the one before. */
export const noOverlap: ResourceRule = {
  id: "jobs/no-overlap",
  title: "A scheduled run waits for the one before",
  why: "two backups or two imports at once spoil each other's work",
  fix: "set concurrencyPolicy to Forbid",
  severity: "high",
  kinds: ["CronJob"],
  covers: ["jobs/concurrency"],
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { concurrencyPolicy = "Allow" } = kubernetesObject(resource)
      ?.spec as Written<k8s.types.output.batch.v1.CronJobSpec>;
    if (concurrencyPolicy === "Allow") yield "two of its runs may go at once";
  },
};
