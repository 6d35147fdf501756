import type { PackitStackName } from "../names";
import type { WrittenSettings } from "../schema/packit";

/** The jobs of a stack whose file says nothing. Only what must not be lost is backed up. */
export function jobDefaults(
  stack: PackitStackName,
): Pick<WrittenSettings, "backup" | "revdep" | "sandboxCleaner"> {
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
    revdep: {
      enabled: false,
      // Built from each commit on packit-service's main branch; its sources, without the tests, are in /src.
      image: "quay.io/packit/packit-service-tests:stg",
      sources: "/src",
      // What packit-service's own `make check` runs.
      command: ["python3", "-m", "pytest", "--verbose", "tests/unit", "tests/integration"],
      deadlineMinutes: 60,
      requests: { memory: "512Mi", cpu: "100m" },
      limits: { memory: "2Gi", cpu: "2" },
    },
    sandboxCleaner: { schedule: "0 * * * *" },
  };
}
