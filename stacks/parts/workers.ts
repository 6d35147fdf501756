import * as pulumi from "@pulumi/pulumi";

import type { Application } from "../../components/packit/application";
import { gitConfig } from "../../components/packit/config/gitconfig";
import { oshConfig } from "../../components/packit/config/osh";
import { Worker, type WorkerArgs } from "../../components/packit/worker";
import { ConfigFiles } from "../../components/platform/files";
import type { Settings } from "../settings";
import { serviceOf } from "../settings/services";

/** The kinds of worker: how the settings call them, how the component does, and the names of their objects. */
const KINDS = [
  ["all", "all", "packit-worker"],
  ["shortRunning", "short-running", "packit-worker-short-running"],
  ["longRunning", "long-running", "packit-worker-long-running"],
] as const;

/** Names of the worker components that an instance has. */
export function workerNames({ workers }: Settings): string[] {
  return KINDS.filter(([setting]) => workers[setting].replicas > 0).map(([, , name]) => name);
}

/** What the workers of all kinds get, apart from what the settings and this file give them. */
type CommonArgs = Omit<WorkerArgs, OwnArgs>;
type OwnArgs =
  | "kind"
  | "replicas"
  | "concurrency"
  | "graceSeconds"
  | "resources"
  | "celery"
  | "distgit"
  | "gitconfig"
  | "osh"
  | "pushgatewayAddress"
  | "repositoryCache";

/** The workers of an instance, one component for each kind that has any pods. */
export function makeWorkers(
  settings: Settings,
  common: CommonArgs,
  opts: pulumi.ComponentResourceOptions,
): Worker[] {
  const { site } = common;
  const { celery, distgit, pushgatewayAddress, repositoryCache } = settings;
  const all = {
    ...common,
    celery,
    distgit,
    pushgatewayAddress,
    osh: new ConfigFiles("osh-config", { site, data: { "client.conf": oshConfig() } }, opts),
    gitconfig: new ConfigFiles("git-config", { site, data: { gitconfig: gitConfig() } }, opts),
    repositoryCache: repositoryCache.enabled ? repositoryCache : undefined,
  };
  return KINDS.flatMap(([setting, kind, name]) => {
    const { replicas, concurrency, graceSeconds, ...resources } = settings.workers[setting];
    if (replicas === 0) return [];
    return [new Worker(name, { ...all, kind, replicas, concurrency, graceSeconds, resources }, opts)];
  });
}

/** What an instance tells its processes about itself. */
export function applicationOf({ namespace, stack }: Settings): Application {
  return { project: namespace, deployment: stack.deployment, service: serviceOf(stack) };
}
