import type { ContainerArgs, Resources } from "../platform/container";
import { ConfigFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import type { CustomResourceOptions } from "@pulumi/pulumi";

/** Name of the container that runs commands by schedule. */
export const HOUSEKEEPING = "housekeeping";

const FOLDER = "/schedule";

/** A command that runs by schedule in a container of a pod. */
export interface HousekeepingTask {
  readonly name: string;
  /** In cron's five fields and UTC. */
  readonly schedule: string;
  readonly command: readonly string[];
}

export interface HousekeepingArgs {
  readonly site: Site;
  /** Has Python, and the tasks' programs. */
  readonly image: ContainerImage;
  /** The program by file name, `main.py`. */
  readonly programs: Readonly<Record<string, string>>;
  readonly tasks: readonly HousekeepingTask[];
  readonly env?: ContainerArgs["env"];
  readonly mounts: readonly Mount[];
  readonly resources: Resources;
}

/**
 * A container that runs commands by schedule, for what has to be in the pod: where locks name processes of it (C14),
 * or files are that go with it. Everything else is a CronTask.
 *
 * @param component - Whose pods have it.
 */
export function housekeeping(
  component: string,
  args: HousekeepingArgs,
  opts: CustomResourceOptions,
): ContainerArgs {
  const { site, image, env, resources } = args;
  const programs = new ConfigFiles(`${component}-schedule`, { site, data: args.programs }, opts);
  const alive = { exec: { command: ["/bin/sh", "-c", "kill -0 1"] }, periodSeconds: 30, timeoutSeconds: 5 };
  return {
    image,
    resources,
    command: ["/usr/bin/python3", "-B", `${FOLDER}/main.py`],
    args: [JSON.stringify(args.tasks)],
    ...(env && { env }),
    probes: { readiness: alive, liveness: { ...alive, failureThreshold: 6 } },
    mounts: [...args.mounts, { path: FOLDER, files: [{ from: programs }] }],
  };
}
