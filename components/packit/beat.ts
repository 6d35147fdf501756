import * as pulumi from "@pulumi/pulumi";

import type { Probes, Resources } from "../platform/container";
import type { Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import type { Application, Celery } from "./application";
import { databaseEnv, queueEnv, sentryEnv, type Database, type Queue, type Sentry } from "./connections";
import { CONFIG_FOLDER, HOME } from "./paths";
import { sshMount, type SshFiles } from "./ssh-mount";

/** Where the start script tells beat to keep its pid and its schedule. */
const PID_FILE = "celerybeat.pid";
const SCHEDULE_FILE = "celerybeat-schedule";

/**
 * Minutes after which a schedule that was not written means that beat hangs. It is written when a job is sent, and
 * the most frequent one is due every 10 minutes; an outage of the broker does not keep it from being written.
 */
const SCHEDULE_MINUTES = 30;

export interface BeatArgs extends SshFiles {
  readonly site: Site;
  /** The workers' image. */
  readonly image: ContainerImage;
  readonly application: Pick<Application, "deployment">;
  readonly celery: Pick<Celery, "app">;
  readonly database: Database;
  readonly queue: Queue;
  /** @default errors are not reported */
  readonly sentry?: Sentry | undefined;
  /** File `packit-service.yaml`. */
  readonly config: Files;
  readonly resources: Resources;
}

/** Sends the periodic jobs to the workers. There is one of it: two would send everything twice. */
export class Beat extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `packit-service-beat`. */
  constructor(name: string, args: BeatArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:Beat", name, {}, opts);
    new Workload(
      name,
      {
        site: args.site,
        image: args.image,
        resources: args.resources,
        command: ["/usr/bin/run_worker.sh"],
        env: {
          DEPLOYMENT: args.application.deployment,
          APP: args.celery.app,
          CELERY_COMMAND: "beat",
          ...queueEnv(args.queue),
          ...databaseEnv(args.database),
          ...sentryEnv(args.sentry),
        },
        probes: probes(),
        mounts: [
          { scratch: "home", path: HOME, sizeLimit: "64Mi" },
          { scratch: "tmp", path: "/tmp", sizeLimit: "64Mi" },
          sshMount(args),
          { path: CONFIG_FOLDER, files: [{ from: args.config }] },
        ],
        rollout: "recreate",
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

function probes(): Probes {
  const started = { exec: { command: ["/usr/bin/bash", "-c", beatHasStarted()] }, timeoutSeconds: 5 };
  return {
    readiness: { ...started, periodSeconds: 10 },
    liveness: {
      exec: { command: ["/usr/bin/bash", "-c", beatIsAlive()] },
      periodSeconds: 60,
      timeoutSeconds: 5,
    },
    // The start script downloads host keys first, and the schedule of a former container may still be there.
    startup: { ...started, periodSeconds: 5, failureThreshold: 60 },
  };
}

/** Holds when the process of the pid file runs and has made its schedule. */
export function beatHasStarted(folder = "/tmp"): string {
  return `kill -0 "$(cat ${folder}/${PID_FILE})" && compgen -G '${folder}/${SCHEDULE_FILE}*'`;
}

/** Holds when the process of the pid file runs and has lately written its schedule. */
export function beatIsAlive(folder = "/tmp"): string {
  const written = `find ${folder} -maxdepth 1 -name '${SCHEDULE_FILE}*' -mmin -${SCHEDULE_MINUTES}`;
  return `kill -0 "$(cat ${folder}/${PID_FILE})" && [[ -n "$(${written})" ]]`;
}
