import * as pulumi from "@pulumi/pulumi";

import { CronTask } from "../platform/cron-task";
import type { CoprBackendArgs } from "./backend";
import { ANALYZE } from "./backend-scripts";
import { ANALYZE_RESULTS, reachesFrom } from "./connections";
import { resultsMount } from "./results-volume";
import { installUser, USERS } from "./users";

/** Seconds of a run that looks at every file. */
const DEADLINE_SECONDS = 2 * 24 * 3600;

/** Statistics of the results, which are served beside them. They are nobody's who signs, so they need no way to keys. */
export function analyzeResults(
  schedule: string,
  args: CoprBackendArgs,
  child: pulumi.CustomResourceOptions,
): void {
  const { site, results } = args;
  const name = ANALYZE_RESULTS;
  const user = installUser(name, { site, user: USERS.backend, accounts: [name] }, child);
  new CronTask(
    name,
    {
      site,
      image: args.image,
      resources: args.resources.actions,
      schedule,
      deadlineSeconds: DEADLINE_SECONDS,
      command: ["/usr/bin/tini", "-s", "--", "/bin/sh", "-ec", ANALYZE],
      env: { HOME: USERS.backend.home },
      mounts: [
        user.mount,
        { path: "/etc/copr", files: [{ from: args.config }] },
        resultsMount(results),
        { scratch: "home", path: USERS.backend.home, sizeLimit: "64Mi" },
        { scratch: "logs", path: "/var/log/copr-backend", sizeLimit: "256Mi" },
        { scratch: "tmp", path: "/tmp", sizeLimit: "1Gi" },
      ],
      identity: user.identity,
      ...(results.together !== undefined && { together: results.together }),
      reaches: reachesFrom(name, args.data),
    },
    { ...child, dependsOn: [...user.after] },
  );
}
