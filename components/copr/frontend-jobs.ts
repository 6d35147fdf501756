import * as pulumi from "@pulumi/pulumi";

import type { Resources } from "../platform/container";
import { CronTask } from "../platform/cron-task";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import {
  type DataComponents,
  FRONTEND_DAILY,
  FRONTEND_HOURLY,
  FRONTEND_JOBS,
  OUTDATED_CHROOTS,
  reachesFrom,
  UPSTREAM_RELEASES,
} from "./connections";
import type { FrontendApplication } from "./frontend-application";
import type { MailRelay } from "./mail";
import { frontendCommand, FRONTEND_DATA, FRONTEND_FOLDER } from "./manage";
import { installUser, USERS } from "./users";

const HOUR = 3600;

/** Seconds for which a release counts as new: two days. */
const NEW_SECONDS = 172_800;

export interface CoprFrontendJobsArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  readonly application: FrontendApplication;
  readonly data: DataComponents;
  /** The frontend's volume, with the search index, and the group of pods that are on its node. */
  readonly volume: { readonly claim: pulumi.Input<string>; readonly together: string };
  /** When each runs, in cron's five fields and UTC; absent: never. */
  readonly schedules: {
    readonly hourly: string;
    readonly daily: string;
    readonly outdatedChroots?: string;
    readonly upstreamReleases?: string;
  };
  /** Who takes the notices of outdated chroots. @default they are only deleted */
  readonly mail?: MailRelay;
  readonly resources: Resources;
  /** What must be there: the frontend. */
  readonly after: readonly pulumi.Resource[];
}

interface Job {
  readonly schedule: string | undefined;
  readonly deadlineSeconds: number;
  /** Shell commands, of which each runs whatever became of the one before. */
  readonly commands: readonly string[];
  readonly sendsMail?: boolean;
}

/** What the frontend does by schedule. */
export class CoprFrontendJobs extends pulumi.ComponentResource {
  /** @param name - Name of what they share, `copr-frontend-jobs`. */
  constructor(name: string, args: CoprFrontendJobsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:FrontendJobs", name, {}, opts);
    const { site, application, volume, mail } = args;
    const child = { parent: this };
    const jobs = Object.entries(jobsOf(args));
    const accounts = jobs.flatMap(([job, { schedule }]) => (schedule === undefined ? [] : [job]));
    const user = installUser(name, { site, user: USERS.frontend, accounts }, child);
    const mounts: Mount[] = [
      user.mount,
      application.mount,
      { volume: "data", path: FRONTEND_DATA, claim: volume.claim },
      { scratch: "logs", path: "/var/log/copr-frontend", sizeLimit: "256Mi" },
      { scratch: "tmp", path: "/tmp", sizeLimit: "1Gi" },
    ];
    for (const [job, { schedule, commands, deadlineSeconds, sendsMail = false }] of jobs) {
      if (schedule === undefined) continue;
      const command = ["/bin/sh", "-c", inTurn(commands)];
      const relayed = sendsMail ? mail?.around(command) : undefined;
      const reaches = reachesFrom(job, args.data);
      new CronTask(
        job,
        {
          site,
          image: args.image,
          resources: args.resources,
          schedule,
          deadlineSeconds,
          command: relayed?.command ?? command,
          env: { ...application.env, ...relayed?.env },
          mounts: [...mounts, ...(relayed?.mounts ?? [])],
          identity: user.identity,
          together: volume.together,
          ...(relayed && { lowPorts: true }),
          reaches: relayed && mail && reaches !== "nothing" ? [...reaches, mail.reach] : reaches,
        },
        { ...child, dependsOn: [...user.after, ...args.after] },
      );
    }
    this.registerOutputs({});
  }
}

function jobsOf({ schedules, mail }: CoprFrontendJobsArgs): Record<(typeof FRONTEND_JOBS)[number], Job> {
  return {
    [FRONTEND_HOURLY]: {
      schedule: schedules.hourly,
      deadlineSeconds: HOUR,
      commands: [frontendCommand("update-indexes-quick", "120"), frontendCommand("update-graphs")],
    },
    [FRONTEND_DAILY]: {
      schedule: schedules.daily,
      deadlineSeconds: 12 * HOUR,
      commands: [
        "vacuum-graphs",
        "clean-expired-projects",
        "clean-old-builds",
        "delete-dirs",
        "update-indexes",
      ].map((command) => frontendCommand(command)),
    },
    [OUTDATED_CHROOTS]: {
      schedule: schedules.outdatedChroots,
      deadlineSeconds: 12 * HOUR,
      commands: [
        "eol-lifeless-rolling-chroots",
        ...(mail === undefined ? [] : ["notify-outdated-chroots"]),
        "delete-outdated-chroots",
      ].map((command) => frontendCommand(command)),
      sendsMail: true,
    },
    [UPSTREAM_RELEASES]: {
      schedule: schedules.upstreamReleases,
      deadlineSeconds: HOUR,
      commands: ["pypi", "rubygems"].map(
        (source) =>
          `${FRONTEND_FOLDER}/run/check_for_anitya_version_updates.py --backend ${source} --delta=${NEW_SECONDS}`,
      ),
    },
  };
}

/** A script of commands that fails when one of them has failed. */
function inTurn(commands: readonly string[]): string {
  return ["failed=0", ...commands.map((command) => `${command} || failed=1`), "exit $failed", ""].join("\n");
}
