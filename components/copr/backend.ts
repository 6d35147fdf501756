import * as pulumi from "@pulumi/pulumi";

import type { ContainerArgs, Resources } from "../platform/container";
import { ConfigFiles, type Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { analyzeResults } from "./backend-jobs";
import { builderSshConfig } from "./config/builder-ssh";
import { signClientConfig } from "./config/sign";
import { type DataComponents, KEYGEN, reachesFrom } from "./connections";
import { forget, forgetMount, type Leftovers } from "./forget";
import { titleProbes } from "./process-title";
import { resultsMount, type ResultsVolume } from "./results-volume";
import { drainCommand, PRUNE } from "./backend-scripts";
import { housekeeping, HOUSEKEEPING } from "./housekeeping";
import { installUser, USERS } from "./users";

/** Folder of what is needed to log in to builders; not the home, which ssh and ansible write to (C27). */
const BUILDER_FOLDER = "/etc/copr-builders";

/** Where `ssh.builder_config` of `copr-be.conf` has to point. */
export const BUILDER_SSH_CONFIG = `${BUILDER_FOLDER}/config`;

export interface CoprBackendArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  /** The Secret with `copr-be.conf`. */
  readonly config: Files;
  /** Secret with the key `id` that builders let in. */
  readonly builderKey: Files;
  /** Networks in which builders are, in CIDR notation. @default anywhere */
  readonly builderNetworks?: readonly string[];
  readonly results: ResultsVolume;
  /** Secret with the `cli.toml` by which Pulp is known. @default packages are on the volume alone (B26) */
  readonly pulp?: Files;
  /** Host of the key-value store. */
  readonly redisHost: string;
  /** Host of what hands out builders. @default there is none */
  readonly resallocHost?: string;
  readonly data: DataComponents;
  /** Seconds that running builds have when the backend stops. It takes no new ones meanwhile (C16). */
  readonly drainSeconds: number;
  readonly resources: { readonly builds: Resources; readonly actions: Resources };
  /** When they run, in cron's five fields and UTC. */
  readonly schedules: {
    readonly prune: string;
    /** @default never */
    readonly analyze?: string;
  };
  /** Programs, each by file name: one runs commands by schedule, the other forgets what the dead have left. */
  readonly programs: Readonly<Record<"schedule" | "forget", Readonly<Record<string, string>>>>;
  /** Whom it calls: log, frontend, keygen, resalloc, key-value store. */
  readonly after: readonly pulumi.Resource[];
}

/** Runs builds on builders, and what projects ask for besides; signs what comes out of it. */
export class CoprBackend extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `copr-backend`. */
  constructor(name: string, args: CoprBackendArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:Backend", name, {}, opts);
    const { site, image, programs, redisHost, resallocHost, resources, drainSeconds } = args;
    const child = { parent: this };
    const user = installUser(name, { site, user: USERS.backend, accounts: [name] }, child);
    const common: Pick<ContainerArgs, "image" | "env"> & { readonly mounts: readonly Mount[] } = {
      image,
      env: { HOME: USERS.backend.home },
      mounts: [
        user.mount,
        ...sharedMounts(name, args, child),
        forgetMount(name, site, programs.forget, child),
      ],
    };
    // Its workers end with its container, whichever way that goes.
    const dispatcher = (kind: "builds" | "actions", leftovers: Omit<Leftovers, "redisHost">) => [
      ...["/usr/bin/tini", "-s", "--"],
      ...forget({ redisHost, ...leftovers }, ["/usr/bin/copr-run-dispatcher-backend", kind]),
    ];
    new Workload(
      name,
      {
        site,
        ...common,
        containerName: "builds",
        resources: resources.builds,
        command: dispatcher("builds", {
          keys: ["rpm_build_worker:*"],
          ...(resallocHost !== undefined && { resallocHost }),
        }),
        mounts: [...common.mounts, builderMount(name, args, child)],
        probes: titleProbes("Build dispatcher"),
        preStop: drainCommand("Build dispatcher", "copr-backend-process-build"),
        sidecars: {
          actions: {
            ...common,
            resources: resources.actions,
            command: dispatcher("actions", { keys: ["action_worker:*"] }),
            probes: titleProbes("Action dispatcher"),
            preStop: drainCommand("Action dispatcher", "copr-backend-process-action"),
          },
          // It takes the locks of repositories, whose holders are processes of the pod (C14).
          [HOUSEKEEPING]: housekeeping(
            name,
            {
              site,
              ...common,
              programs: programs.schedule,
              tasks: [{ name: "prune", schedule: args.schedules.prune, command: ["/bin/sh", "-c", PRUNE] }],
              resources: resources.actions,
            },
            child,
          ),
        },
        init: {
          "clean-up": {
            ...common,
            resources: resources.actions,
            // Locks are of all containers, so they go before the first one has any.
            command: forget({ redisHost, keys: ["copr:lock:*"] }),
          },
        },
        identity: user.identity,
        // A lock asks whether its holder lives, who may be in the other container (C14).
        shareProcesses: true,
        ...(args.results.together !== undefined && { together: args.results.together }),
        graceSeconds: drainSeconds,
        reaches: reachesFrom(name, args.data, args.builderNetworks),
        after: [...user.after, ...args.after],
      },
      child,
    );
    if (args.schedules.analyze !== undefined) analyzeResults(args.schedules.analyze, args, child);
    this.registerOutputs({});
  }
}

/** What both dispatchers and their workers see. */
function sharedMounts(name: string, args: CoprBackendArgs, child: pulumi.CustomResourceOptions): Mount[] {
  const text = signClientConfig({ server: KEYGEN, userId: USERS.backend.uid });
  const sign = new ConfigFiles(`${name}-sign`, { site: args.site, data: { "sign.conf": text } }, child);
  return [
    { path: "/etc/copr", files: [{ from: args.config }] },
    { path: "/etc/sign.conf", files: [{ from: sign }], subPath: "sign.conf" },
    resultsMount(args.results),
    { scratch: "home", path: USERS.backend.home, sizeLimit: "256Mi" },
    ...(args.pulp === undefined
      ? []
      : [{ path: `${USERS.backend.home}/.config/pulp`, files: [{ from: args.pulp }] }]),
    { scratch: "locks", path: "/var/lock/copr-backend", sizeLimit: "64Mi" },
    { scratch: "logs", path: "/var/log/copr-backend", sizeLimit: "256Mi" },
    { scratch: "tmp", path: "/tmp", sizeLimit: "8Gi" },
  ];
}

function builderMount(name: string, args: CoprBackendArgs, child: pulumi.CustomResourceOptions): Mount {
  const text = builderSshConfig({ identityFile: `${BUILDER_FOLDER}/id`, controlFolder: "/tmp" });
  const config = new ConfigFiles(`${name}-ssh`, { site: args.site, data: { config: text } }, child);
  return { path: BUILDER_FOLDER, files: [{ from: config }, { from: args.builderKey, items: { id: "id" } }] };
}
