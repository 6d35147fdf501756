import * as pulumi from "@pulumi/pulumi";

import type { Resources } from "../platform/container";
import type { Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { type DataComponents, reachesFrom } from "./connections";
import { LOG_FOLLOWER, logFollower, type LogFolders, logMounts } from "./log-follower";
import { titleProbes } from "./process-title";
import { installUser, USERS } from "./users";

const LOGS: LogFolders = { "/var/log/copr-backend": { volume: "backend-logs", files: "*.log" } };

export interface CoprBackendLogArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  /** The Secret with `copr-be.conf`. */
  readonly config: Files;
  readonly data: DataComponents;
  readonly resources: Resources;
  /** The key-value store. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Takes what dispatchers and workers log out of the key-value store, and shows it. It stands apart from them, as it
 * has no business with keygen (S1), and comes before them, as the messages would pile up.
 */
export class CoprBackendLog extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `copr-backend-log`. */
  constructor(name: string, args: CoprBackendLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:BackendLog", name, {}, opts);
    const { site, image } = args;
    const child = { parent: this };
    const user = installUser(name, { site, user: USERS.backend, accounts: [name] }, child);
    new Workload(
      name,
      {
        site,
        image,
        resources: args.resources,
        command: ["/usr/bin/tini", "-s", "--", "/usr/bin/copr_run_logger.py"],
        mounts: [
          user.mount,
          { path: "/etc/copr", files: [{ from: args.config }] },
          { scratch: "tmp", path: "/tmp", sizeLimit: "64Mi" },
          ...logMounts(LOGS),
        ],
        probes: titleProbes("RedisLogHandler"),
        sidecars: { [LOG_FOLLOWER]: logFollower(image, LOGS) },
        identity: user.identity,
        reaches: reachesFrom(name, args.data),
        after: [...user.after, ...args.after],
      },
      child,
    );
    this.registerOutputs({});
  }
}
