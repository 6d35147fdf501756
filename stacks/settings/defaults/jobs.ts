import type { PackitStackName } from "../names";
import type { WrittenSettings } from "../schema/packit";

/** The jobs of a stack whose file says nothing. Only what must not be lost is backed up. */
export function jobDefaults(stack: PackitStackName): Pick<WrittenSettings, "backup" | "sandboxCleaner"> {
  const { deployment, kind } = stack;
  return {
    backup: {
      enabled: kind === "environment" && deployment !== "dev",
      // As before, when the workers made it.
      schedule: "0 1 * * *",
      bucket: `arr-packit-${deployment}`,
      region: "us-east-1",
      keep: { daily: 7, weekly: 4, monthly: 6 },
      deadlineMinutes: 120,
    },
    sandboxCleaner: { schedule: "0 * * * *" },
  };
}
