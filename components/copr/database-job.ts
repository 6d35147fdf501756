import * as pulumi from "@pulumi/pulumi";

import type { Resources } from "../platform/container";
import { ConfigFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { runOnce } from "../platform/task";
import { type DataComponents, reachesFrom } from "./connections";
import type { FrontendApplication } from "./frontend-application";
import { installUser, USERS } from "./users";

const PROGRAMS_FOLDER = "/jobs";

/** Tries in new pods, each of which goes on where the one before it was stopped. */
const RETRIES = 3;

export interface CoprDatabaseJobArgs {
  readonly site: Site;
  /** The frontend's: it brings the schema that its code expects. */
  readonly image: ContainerImage;
  readonly application: FrontendApplication;
  readonly data: DataComponents;
  /** The program by file name, `main.py`. */
  readonly programs: Readonly<Record<string, string>>;
  /** Chroots that projects may choose, for example `fedora-rawhide-x86_64`. Others that are there stay. */
  readonly chroots: readonly string[];
  /** Users who administrate. One who has not logged in yet becomes it with the next run. */
  readonly admins: readonly string[];
  /** Minutes after which it has failed, all tries together. */
  readonly deadlineMinutes: number;
  readonly resources: Resources;
  /** The database, and a restore into it where there is one. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Makes the tables of an empty database, and brings those of any other one to the schema of the image; then the
 * chroots and the administrators (C1, B27). It runs whenever something of this has changed, and the web servers wait.
 */
export class CoprDatabaseJob extends pulumi.ComponentResource {
  /** Done when the database is ready for the web servers. */
  readonly job: pulumi.Resource;

  /** @param name - Name of all objects, `copr-database-job`. The database's server must admit it. */
  constructor(name: string, args: CoprDatabaseJobArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:DatabaseJob", name, {}, opts);
    const { site, application, deadlineMinutes } = args;
    const child = { parent: this };
    const programs = new ConfigFiles(`${name}-programs`, { site, data: args.programs }, child);
    const user = installUser(name, { site, user: USERS.frontend, accounts: [name] }, child);
    const task = {
      site,
      image: args.image,
      resources: args.resources,
      deadlineSeconds: deadlineMinutes * 60,
      retries: RETRIES,
      identity: user.identity,
      reaches: reachesFrom(name, args.data),
      command: ["/usr/bin/python3", "-B", `${PROGRAMS_FOLDER}/main.py`],
      args: [
        ...args.chroots.map((chroot) => `--chroot=${chroot}`),
        ...args.admins.map((admin) => `--admin=${admin}`),
      ],
      env: application.env,
      mounts: [
        user.mount,
        application.mount,
        { path: PROGRAMS_FOLDER, files: [{ from: programs }] },
        { scratch: "data", path: "/var/lib/copr/data", sizeLimit: "64Mi" },
        { scratch: "logs", path: "/var/log/copr-frontend", sizeLimit: "64Mi" },
        { scratch: "tmp", path: "/tmp", sizeLimit: "64Mi" },
      ],
    };
    this.job = runOnce(name, task, [...user.after, ...args.after], child);
    this.registerOutputs({});
  }
}
