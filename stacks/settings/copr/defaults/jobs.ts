import type { CoprStackName } from "../../names";
import type { WrittenCoprSettings } from "../schema";

/** When jobs run: minutes and hours that are not everybody's, and backups after what cleans up. */
export function coprJobDefaults(stack: CoprStackName): Pick<WrittenCoprSettings, "backup" | "jobs"> {
  return {
    jobs: {
      frontendHourly: { schedule: "17 * * * *" },
      frontendDaily: { schedule: "37 2 * * *" },
      outdatedChroots: { enabled: false, schedule: "7 4 * * *" },
      upstreamReleases: { enabled: false, schedule: "47 * * * *" },
      pruneResults: { schedule: "7 3 * * *" },
      analyzeResults: { enabled: true, schedule: "27 5 * * 0" },
      prolongKeys: { schedule: "57 4 * * *" },
      cleanDistGit: { schedule: "27 4 1 * *" },
      pruneDistGit: { enabled: false, schedule: "27 4 2 * *" },
      tidyResalloc: { schedule: "7 * * * *" },
    },
    backup: {
      enabled: stack.deployment !== "dev",
      schedule: "0 1 * * *",
      bucket: `${stack.name}-backup`,
      region: "us-east-1",
      keep: { daily: 7, weekly: 4, monthly: 6 },
      deadlineMinutes: 240,
    },
  };
}
