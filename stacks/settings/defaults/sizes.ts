import type { Deployment, PackitStackName } from "../names";
import type { WrittenSettings } from "../schema/packit";

/** Settings of which some are left open. Lists are whole. */
export type Partly<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Partly<T[K]> }
    : T;

/**
 * How big a stack is. The environment decides, never the name of a namespace: with that, renaming a namespace
 * shrank production (D18).
 */
export type Size = Deployment | "test";

/** The size of a stack; a test instance is small whatever its base. */
export function sizeOf(stack: PackitStackName): Size {
  return stack.kind === "test-instance" ? "test" : stack.deployment;
}

/** Numbers that hold for every size, unless {@link DIFFERENCES} says otherwise. */
export const COMMON = {
  api: {
    replicas: 1,
    requests: { memory: "320Mi", cpu: "10m", ephemeralStorage: "300Ki" },
    limits: { memory: "512Mi", cpu: "200m" },
  },
  workers: {
    all: {
      concurrency: 1,
      // The longest task (usage statistics) may take 3600 s; 10 s of grace used to kill it (D13).
      graceSeconds: 3660,
      requests: { memory: "384Mi", cpu: "100m" },
      limits: { memory: "1024Mi", cpu: "400m" },
    },
    shortRunning: {
      // More than one makes the worker's start script choose gevent.
      concurrency: 16,
      // A task of this queue may take 900 s (D13).
      graceSeconds: 960,
      requests: { memory: "768Mi", cpu: "80m" },
      limits: { memory: "2048Mi", cpu: "2" },
    },
    longRunning: {
      concurrency: 1,
      graceSeconds: 3660,
      requests: { memory: "768Mi", cpu: "100m" },
      limits: { memory: "2048Mi", cpu: "2" },
    },
  },
  beat: {
    requests: { memory: "160Mi", cpu: "5m", ephemeralStorage: "80Ki" },
    limits: { memory: "256Mi", cpu: "50m" },
  },
  fedmsg: { requests: { memory: "88Mi", cpu: "5m" }, limits: { memory: "128Mi", cpu: "50m" } },
  centosmsg: { requests: { memory: "64Mi", cpu: "5m" }, limits: { memory: "80Mi", cpu: "100m" } },
  tokman: {
    workers: 1,
    storage: "1Gi",
    requests: { memory: "88Mi", cpu: "5m" },
    limits: { memory: "128Mi", cpu: "50m" },
  },
  // It had 32Mi, and Node.js alone, before it has loaded anything, takes 40Mi.
  redisCommander: { requests: { memory: "64Mi", cpu: "10m" }, limits: { memory: "128Mi", cpu: "50m" } },
  fluentdSidecar: { requests: { memory: "128Mi", cpu: "10m" }, limits: { memory: "128Mi", cpu: "100m" } },
  dashboard: {
    replicas: 1,
    requests: { memory: "128Mi", cpu: "5m" },
    limits: { memory: "256Mi", cpu: "50m" },
  },
  flower: { requests: { memory: "80Mi", cpu: "5m" }, limits: { memory: "128Mi", cpu: "50m" } },
  pushgateway: { requests: { memory: "16Mi", cpu: "5m" }, limits: { memory: "32Mi", cpu: "50m" } },
  nginx: {
    replicas: 1,
    requests: { memory: "8Mi", cpu: "5m" },
    limits: { memory: "50Mi", cpu: "10m" },
  },
  repositoryCache: { storage: "4Gi" },
  // Cloning the kernel takes more than 600M.
  repositoryCacheFiller: {
    deadlineMinutes: 60,
    requests: { memory: "256Mi", cpu: "100m" },
    limits: { memory: "1Gi", cpu: "1" },
  },
  // Memory is what stg and dev had, 512Mi, and the 128Mi of shared memory that now really count against it (D01).
  database: { storage: "2Gi", memory: "640Mi", cpu: "500m", sharedMemory: "128Mi" },
  // Promise and limit were different (3Gi and 4Gi, 10m and 50m), so the pod could be evicted (D16).
  keyValue: { storage: "4Gi", memory: "4Gi", cpu: "50m" },
} as const satisfies Partly<WrittenSettings>;

/** Where a size differs from {@link COMMON}. */
export const DIFFERENCES: Readonly<Record<Size, Partly<WrittenSettings>>> = {
  prod: {
    // Two pods, so that a lost node or a new image is no outage in which webhooks are lost (D37).
    api: { replicas: 2, limits: { memory: "4Gi" } },
    dashboard: { replicas: 2 },
    nginx: { replicas: 2 },
    tokman: { requests: { memory: "100Mi", cpu: "20m" }, limits: { memory: "160Mi", cpu: "50m" } },
    // 2 processors were the limit; the promise is the same now (D16).
    database: { storage: "8Gi", memory: "4Gi", cpu: "2" },
    // Room for a dump near maxmemory and its predecessor; 4Gi had none (D15).
    keyValue: { storage: "8Gi" },
  },
  stg: { database: { cpu: "1" } },
  dev: { keyValue: { storage: "1Gi", memory: "512Mi" } },
  test: {
    workers: {
      all: {
        graceSeconds: 60,
        requests: { memory: "256Mi", cpu: "50m" },
        limits: { memory: "768Mi", cpu: "400m" },
      },
      shortRunning: {
        concurrency: 4,
        graceSeconds: 60,
        requests: { memory: "256Mi", cpu: "50m" },
        limits: { memory: "768Mi", cpu: "400m" },
      },
      longRunning: {
        graceSeconds: 60,
        requests: { memory: "256Mi", cpu: "50m" },
        limits: { memory: "768Mi", cpu: "400m" },
      },
    },
    repositoryCache: { storage: "1Gi" },
    database: { memory: "512Mi", cpu: "200m" },
    keyValue: { storage: "1Gi", memory: "256Mi", cpu: "20m" },
  },
};
