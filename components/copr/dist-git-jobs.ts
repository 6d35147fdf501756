import * as pulumi from "@pulumi/pulumi";

import type { ContainerArgs, Resources } from "../platform/container";
import { CronTask } from "../platform/cron-task";
import { ConfigFiles } from "../platform/files";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { configParserText } from "../config/configparser";
import type { BaseUrl } from "./config/addresses";
import { DIST_GIT_FOLDER } from "./config/dist-git";
import { CLEAN_DIST_GIT, type DataComponents, PRUNE_DIST_GIT, reachesFrom } from "./connections";
import { installUser, USERS } from "./users";

/** Days that logs of imports are kept: pages link to them for two weeks. */
const LOG_DAYS = 30;

/** Every repository is looked at. */
const DEADLINE_SECONDS = 24 * 3600;

const CLIENT_FOLDER = "/etc/copr-client";

/** When dist-git's jobs run, in cron's five fields and UTC. */
export interface DistGitSchedules {
  readonly clean: string;
  /** @default sources of projects that are gone stay */
  readonly prune?: string;
}

export interface DistGitJobsArgs {
  readonly site: Site;
  readonly schedules: DistGitSchedules;
  readonly frontend: BaseUrl;
  readonly data: DataComponents;
  readonly resources: Resources;
  /** Image, and mounts of the dispatcher with its configuration. */
  readonly common: Pick<ContainerArgs, "image"> & { readonly mounts: readonly Mount[] };
  readonly together: string;
  /** Folders of imports' logs, and of cgit's list of repositories. */
  readonly folders: { readonly logs: string; readonly cgit: string };
}

/**
 * Deletes old logs and makes cgit's list anew. The script means to run as root and to give the list away; here it is
 * its user's already, so only whether there is a new list counts.
 */
function cleanScript({ folders }: DistGitJobsArgs): string {
  const list = `${folders.cgit}/repo-configuration.rc`;
  return `find ${folders.logs} -name '*.log' -mtime +${LOG_DAYS} -delete
touch /tmp/started
copr-dist-git-refresh-cgit || test ${list} -nt /tmp/started
`;
}

/** Deletes sources that the newest commit of no branch names, and those of projects that are gone. */
const PRUNE_SCRIPT = `dist-git-clear-tarballs.py
prune-dist-git.py --repos ${DIST_GIT_FOLDER}/git --lookasidepkgs ${DIST_GIT_FOLDER}/cache/lookaside/pkgs \\
  --copr-config ${CLIENT_FOLDER}/copr --always-yes
`;

/** What dist-git does by schedule, on its volumes. */
export function distGitJobs(args: DistGitJobsArgs, child: pulumi.CustomResourceOptions): void {
  const { schedules } = args;
  task(CLEAN_DIST_GIT, args, { schedule: schedules.clean, script: cleanScript(args), mounts: [] }, child);
  if (schedules.prune === undefined) return;
  // Whether a project exists is asked of its public page, without a user.
  const text = configParserText({ "copr-cli": { copr_url: args.frontend } }, true);
  const client = new ConfigFiles(
    `${PRUNE_DIST_GIT}-client`,
    { site: args.site, data: { copr: text } },
    child,
  );
  const mounts: Mount[] = [{ path: CLIENT_FOLDER, files: [{ from: client }] }];
  task(PRUNE_DIST_GIT, args, { schedule: schedules.prune, script: PRUNE_SCRIPT, mounts }, child);
}

function task(
  name: string,
  args: DistGitJobsArgs,
  job: { readonly schedule: string; readonly script: string; readonly mounts: readonly Mount[] },
  child: pulumi.CustomResourceOptions,
): void {
  const { site, common, together, resources } = args;
  const user = installUser(name, { site, user: USERS.distGit, accounts: [name] }, child);
  new CronTask(
    name,
    {
      site,
      image: common.image,
      mounts: [user.mount, ...common.mounts, ...job.mounts],
      resources,
      schedule: job.schedule,
      deadlineSeconds: DEADLINE_SECONDS,
      command: ["/usr/bin/tini", "-s", "--", "/bin/sh", "-ec", job.script],
      identity: user.identity,
      together,
      reaches: reachesFrom(name, args.data),
    },
    { ...child, dependsOn: [...user.after] },
  );
}
