import { cleanedUp } from "../../../policy/rules/jobs/cleaned-up";
import { noOverlap } from "../../../policy/rules/jobs/no-overlap";
import { restartPolicy } from "../../../policy/rules/jobs/restart-policy";
import { runDeadline } from "../../../policy/rules/jobs/run-deadline";
import { schedule } from "../../../policy/rules/jobs/schedule";
import { startDeadline } from "../../../policy/rules/jobs/start-deadline";
import { pick, type Mutation } from "./mutation";

export const jobsMutations: readonly Mutation[] = [
  {
    rule: cleanedUp,
    what: "keeps too many runs",
    change: ({ inputs }, choice) =>
      (inputs.spec[pick(["successfulJobsHistoryLimit", "failedJobsHistoryLimit"], choice)] = pick(
        [undefined, 11, 1000],
        choice >> 1,
      )),
  },
  {
    rule: startDeadline,
    what: "starts however late",
    change: ({ inputs }, choice) => (inputs.spec.startingDeadlineSeconds = pick([undefined, 0, 9], choice)),
  },
  {
    rule: noOverlap,
    what: "runs twice at once",
    change: ({ inputs }, choice) => (inputs.spec.concurrencyPolicy = pick([undefined, "Allow"], choice)),
  },
  {
    rule: schedule,
    what: "is never due",
    change: ({ inputs }, choice) =>
      (inputs.spec.schedule = pick(
        [
          "",
          "* * * *",
          "60 * * * *",
          "0 0 32 * *",
          "0 0 * 13 *",
          "0 0 * * 8",
          "* * * * * *",
          "*/0 * * * *",
          "a b c d e",
        ],
        choice,
      )),
  },
  {
    rule: restartPolicy,
    what: "restarts for ever",
    change: ({ inputs }, choice) => {
      const { template } = (inputs.spec.jobTemplate?.spec ?? inputs.spec) as {
        template: { spec: { restartPolicy?: string | undefined } };
      };
      template.spec.restartPolicy = pick([undefined, "Always"], choice);
    },
  },
  {
    rule: runDeadline,
    what: "runs without end",
    change: ({ inputs }) => {
      const spec = (inputs.spec.jobTemplate?.spec ?? inputs.spec) as { activeDeadlineSeconds?: number };
      delete spec.activeDeadlineSeconds;
    },
  },
];
