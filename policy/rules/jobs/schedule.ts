import { scheduleProblem } from "../../cron";
import { kubernetesObject } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A schedule is one that cron understands. */
export const schedule: ResourceRule = {
  id: "jobs/schedule",
  title: "A schedule is one that cron understands",
  why: "the job never runs, or the API server refuses it in the middle of a deployment",
  fix: "give five fields: minute, hour, day, month, weekday",
  severity: "high",
  kinds: ["CronJob"],
  covers: ["jobs/schedule"],
  counterparts: {
    kyverno: ["validate-cron-schedule"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { schedule = "" } = kubernetesObject(resource)?.spec as { readonly schedule?: string };
    const problem = scheduleProblem(schedule);
    if (problem !== undefined) yield `${JSON.stringify(schedule)} ${problem}`;
  },
};
