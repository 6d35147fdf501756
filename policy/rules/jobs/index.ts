import type { Area } from "../../rule";
import { cleanedUp } from "./cleaned-up";
import { noOverlap } from "./no-overlap";
import { restartPolicy } from "./restart-policy";
import { runDeadline } from "./run-deadline";
import { schedule } from "./schedule";
import { startDeadline } from "./start-deadline";

/** What runs to its end. */
export const jobs: Area = {
  name: "jobs",
  title: "Jobs",
  rules: [cleanedUp, noOverlap, restartPolicy, runDeadline, schedule, startDeadline],
};
