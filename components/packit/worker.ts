import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import type { EnvValue, Resources } from "../platform/container";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { applicationEnv, distgitEnv, type Application, type Celery, type Distgit } from "./application";
import { databaseEnv, queueEnv, sentryEnv, type Database, type Queue, type Sentry } from "./connections";
import { NO_LOG_SHIPPER, type LogShipper } from "./log-shipper";
import { HOME } from "./paths";
import type { CacheVolume } from "./repository-cache-filler";
import { KINDS, type KindTraits, type WorkerKind } from "./worker-kinds";
import { workerMounts, type WorkerFiles } from "./worker-mounts";
import { workerProbes } from "./worker-probes";

/** Volume with clones of big repositories, and first part of its claims' names. */
const CACHE_VOLUME = "packit-worker-repository-cache";

/**
 * Size in the claim template, which no cluster lets change: with the size from the settings in it, a bigger cache
 * would be a new StatefulSet (D22). The claims are made beforehand, in the wanted size, under the names that the
 * template would give them; it only makes those of pods that somebody adds by hand.
 */
const CACHE_TEMPLATE_SIZE = "4Gi";

/** Seconds on top of the longest task that a stopped worker has. */
const GRACE_MARGIN = 30;

export interface WorkerArgs extends WorkerFiles {
  readonly site: Site;
  readonly image: ContainerImage;
  readonly kind: WorkerKind;
  readonly application: Application;
  readonly distgit: Distgit;
  readonly celery: Celery;
  readonly database: Database;
  readonly queue: Queue;
  /** @default errors are not reported */
  readonly sentry?: Sentry | undefined;
  /** Where metrics are pushed. @default nowhere */
  readonly pushgatewayAddress?: pulumi.Input<string> | undefined;
  /** Clones of big repositories, only for the kinds that work on them; `storage` for example `4Gi`. @default none */
  readonly repositoryCache?: { readonly storage: string } | undefined;
  /** Sends the pods' log records elsewhere. @default they are on the standard output alone */
  readonly logShipper?: LogShipper | undefined;
  /** Whether tasks run users' commands in the sandbox, for which they call the API server. */
  readonly callsSandbox: boolean;
  /** @default 1 */
  readonly replicas?: number;
  /** Tasks that one pod works on at once. @default 16 for `short-running`, 1 for the others */
  readonly concurrency?: number;
  /** Seconds that a stopped worker has to finish its tasks. @default half a minute more than its longest task (D13) */
  readonly graceSeconds?: number;
  readonly resources: Resources;
}

/** Works on the tasks of some queues. */
export class Worker extends pulumi.ComponentResource {
  /** Name of the pods' service account. */
  readonly serviceAccount: pulumi.Output<string>;
  /** Names of the pods. */
  readonly pods: readonly string[];
  /** Volumes of those pods that use a repository cache, and need one in the sandbox as well. */
  readonly caches: readonly CacheVolume[];

  /** @param name - Name of all objects, for example `packit-worker-short-running`. */
  constructor(name: string, args: WorkerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:Worker", name, {}, opts);
    const { site, replicas = 1 } = args;
    const traits = KINDS[args.kind];
    const concurrency = args.concurrency ?? traits.concurrency;
    const cache = traits.longRunning ? args.repositoryCache : undefined;
    const child = { parent: this };

    this.pods = Array.from({ length: replicas }, (_, ordinal) => `${name}-${ordinal}`);
    const claims =
      cache === undefined
        ? []
        : this.pods.map((pod) => ({
            pod,
            claim: claim(
              `${CACHE_VOLUME}-${pod}`,
              { site, component: name, storage: cache.storage, disposable: true },
              child,
            ),
          }));
    this.caches = claims.map(({ pod, claim: { metadata } }) => ({ pod, claim: metadata.name, held: true }));

    const workload = new Workload(
      name,
      {
        kind: "StatefulSet",
        // The same for all kinds.
        containerName: "packit-worker",
        site,
        image: args.image,
        resources: args.resources,
        replicas,
        command: ["/usr/bin/run_worker.sh"],
        env: environment(args, traits, concurrency),
        probes: workerProbes(concurrency),
        mounts: workerMounts(args, cache === undefined ? undefined : CACHE_VOLUME),
        ...(cache !== undefined && { claimTemplates: { [CACHE_VOLUME]: CACHE_TEMPLATE_SIZE } }),
        graceSeconds: args.graceSeconds ?? traits.longestTask + GRACE_MARGIN,
        callsApi: args.callsSandbox,
        sidecars: (args.logShipper ?? NO_LOG_SHIPPER).sidecars,
        after: claims.map((one) => one.claim),
      },
      child,
    );
    this.serviceAccount = workload.serviceAccount;
    this.registerOutputs({ serviceAccount: this.serviceAccount });
  }
}

function environment(args: WorkerArgs, traits: KindTraits, concurrency: number): Record<string, EnvValue> {
  const { application, celery } = args;
  const { sourcegitNamespace } = args.distgit;
  return {
    ...applicationEnv(application),
    ...distgitEnv(args.distgit),
    ...(sourcegitNamespace !== undefined && { SOURCEGIT_NAMESPACE: sourcegitNamespace }),
    PACKIT_USER_AGENT: userAgent(application),
    APP: celery.app,
    CELERY_RETRY_LIMIT: String(celery.retryLimit),
    CELERY_RETRY_BACKOFF: String(celery.retryBackoff),
    QUEUES: traits.queues.join(","),
    // The start script's own default is 1, and it chooses the kind of pool by this number.
    ...(concurrency > 1 && { CONCURRENCY: String(concurrency) }),
    ...queueEnv(args.queue),
    ...databaseEnv(args.database),
    ...sentryEnv(args.sentry),
    // Without a value the code would take an address of its own.
    PUSHGATEWAY_ADDRESS: args.pushgatewayAddress ?? "",
    // Without keys for AWS the nightly task makes no backup of its own on the pod's disk (D54).
    KRB5CCNAME: `DIR:${HOME}/kerberos/`,
    ...(args.logShipper ?? NO_LOG_SHIPPER).env,
  };
}

function userAgent({ service, deployment }: Application): string {
  return `packit.dev/${service}-${deployment} (${deployment}+${service}@packit.dev)`;
}
