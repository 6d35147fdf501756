import { podSpecOf } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A failed run is a failed pod. */
export const restartPolicy: ResourceRule = {
  id: "jobs/restart-policy",
  title: "A failed run is a failed pod",
  why: "with Always the API server refuses the job",
  fix: 'leave the restart policy at "Never" or "OnFailure"',
  severity: "medium",
  kinds: ["CronJob", "Job"],
  covers: ["jobs/restart-policy"],
  counterparts: {
    kubeScore: ["cronjob-restartpolicy", "job-restartpolicy"],
    kubeLinter: ["restart-policy"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { restartPolicy = "Always" } = podSpecOf(resource) ?? {};
    if (!["Never", "OnFailure"].includes(restartPolicy)) yield `its pods' restart policy is ${restartPolicy}`;
  },
};
