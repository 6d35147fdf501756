import { cleanedUp } from "../../../policy/rules/jobs/cleaned-up";
import { noOverlap } from "../../../policy/rules/jobs/no-overlap";
import { restartPolicy } from "../../../policy/rules/jobs/restart-policy";
import { runDeadline } from "../../../policy/rules/jobs/run-deadline";
import { schedule } from "../../../policy/rules/jobs/schedule";
import { startDeadline } from "../../../policy/rules/jobs/start-deadline";
import type { Case } from "../cases";

const BACKUP = "CronJob/database-backup";
const FILLER = "Job/sandbox-cache-filler-packit-worker-long-running-0";

export const jobsCases: readonly Case[] = [
  {
    rule: cleanedUp,
    on: BACKUP,
    bad: ({ inputs }) => (inputs.spec.failedJobsHistoryLimit = 100),
    says: [`${BACKUP}: it keeps 100 runs (failedJobsHistoryLimit), above 10`],
  },
  {
    rule: startDeadline,
    on: BACKUP,
    bad: ({ inputs }) => delete inputs.spec.startingDeadlineSeconds,
    says: [`${BACKUP}: it has no startingDeadlineSeconds`],
  },
  {
    rule: noOverlap,
    on: BACKUP,
    good: ({ inputs }) => (inputs.spec.concurrencyPolicy = "Replace"),
    bad: ({ inputs }) => delete inputs.spec.concurrencyPolicy,
    says: [`${BACKUP}: two of its runs may go at once`],
  },
  ...(
    [
      ["0 2 * *", "has 4 fields instead of 5"],
      ["0 24 * * *", "cannot have 24 where it stands"],
      ["0 2 * * 5-2", "cannot have 5-2 where it stands"],
      ["TZ=Europe/Brno 0 2 * * *", "names a time zone, which is a field of its own"],
    ] as const
  ).map(([text, problem]) => ({
    rule: schedule,
    on: BACKUP,
    good: ({ inputs }: { inputs: Record<string, { schedule: string }> }) => {
      if (inputs.spec !== undefined) inputs.spec.schedule = "*/15 0-6,22 1 JAN mon-fri";
    },
    bad: ({ inputs }: { inputs: Record<string, { schedule: string }> }) => {
      if (inputs.spec !== undefined) inputs.spec.schedule = text;
    },
    says: [`${BACKUP}: "${text}" ${problem}`],
    when: text,
  })),
  {
    rule: restartPolicy,
    on: FILLER,
    good: ({ inputs }) => (inputs.spec.template.spec.restartPolicy = "OnFailure"),
    bad: ({ inputs }) => delete inputs.spec.template.spec.restartPolicy,
    says: [`${FILLER}: its pods' restart policy is Always`],
  },
  {
    rule: runDeadline,
    on: FILLER,
    bad: ({ inputs }) => delete inputs.spec.activeDeadlineSeconds,
    says: [`${FILLER}: a run may take for ever`],
  },
  {
    rule: runDeadline,
    on: BACKUP,
    bad: ({ inputs }) => delete inputs.spec.jobTemplate.spec.activeDeadlineSeconds,
    says: [`${BACKUP}: a run may take for ever`],
    when: "a scheduled one without end",
  },
];
