import { type Deployment, deploymentOf, type PackitStackName } from "../names";
import type { WrittenSettings } from "../schema/packit";
import { serviceOf } from "../services";
import { overlay } from "../tree";
import { IMAGE_BUILDER } from "./image-builder";
import { imageDefaults } from "./images";
import { jobDefaults } from "./jobs";
import { centosMessagesDefaults, messagingDefaults } from "./messaging";
import { differencesOf } from "./services";
import { COMMON, DIFFERENCES, sizeOf, type Partly } from "./sizes";

/** What an environment runs and how it is laid out, before its settings file speaks. */
const LAYOUTS: Readonly<Record<Deployment, Partly<WrittenSettings>>> = {
  prod: {
    platform: "mpp",
    components: { dashboard: true, beat: true, fedmsg: true, pushgateway: true },
    workers: workers(0, 2, 2),
    distgit: { url: "https://src.fedoraproject.org/" },
  },
  stg: {
    platform: "mpp",
    components: { dashboard: true, beat: true, fedmsg: true, pushgateway: true },
    workers: workers(0, 1, 1),
    distgit: { url: "https://src.fedoraproject.org/" },
  },
  dev: {
    platform: "kubernetes",
    components: { dashboard: false, beat: false, fedmsg: false, pushgateway: false },
    workers: workers(1, 0, 0),
    distgit: { url: "https://src.stg.fedoraproject.org/" },
  },
};

/** Test instances where nothing is said of them. */
const TEST_INSTANCES: WrittenSettings["testInstances"] = {
  max: 10,
  ttl: "48h",
  idle: "4h",
  // Three times what one takes by itself, so that settings and the pods of several tasks have room.
  quota: { pods: 40, cpu: "8", memory: "16Gi", storage: "40Gi" },
  builder: IMAGE_BUILDER,
  identities: [],
};

/** How the managed platform calls what is how far from production. */
const PHASES = { dev: "lab", stg: "preprod", prod: "prod" } as const;

/** What nobody has without asking for it. */
const SELDOM = { centosmsg: false, tokman: false, redisCommander: false, fluentdSidecar: false };

/** Every setting of a stack as it is without any settings file. */
export function defaultsFor(stack: PackitStackName): WrittenSettings {
  const base = deploymentOf(stack.base);
  const layers: readonly Partly<WrittenSettings>[] = [
    COMMON,
    DIFFERENCES[sizeOf(stack)],
    everywhere(stack),
    LAYOUTS[base],
    differencesOf(stack),
    ...(stack.kind === "test-instance" ? [onePodEach(LAYOUTS[base]), withoutMessages(stack)] : []),
  ];
  return layers.reduce(overlay, {}) as WrittenSettings;
}

function everywhere(stack: PackitStackName): Partly<WrittenSettings> {
  return {
    hosts: {},
    labels: {},
    tenant: "packit",
    appcode: "PCKT-002",
    servicePhase: PHASES[stack.deployment],
    costCenter: "700",
    components: { flower: true, sandbox: true, ...SELDOM },
    repositoryCache: { enabled: true, repositories: [] },
    images: imageDefaults(stack),
    ...jobDefaults(stack),
    // The old default, 13, has been out of support since November 2025; stg and prod had moved to 15.
    database: { version: 15, name: "packit" },
    keyValue: { kind: "valkey" },
    messaging: messagingDefaults(stack),
    centosMessages: centosMessagesDefaults(stack),
    celery: { app: "packit_service.worker.tasks", retryLimit: 2, retryBackoff: 3 },
    distgit: { namespace: "rpms" },
    forges: [
      { name: "github.com", instanceUrl: "https://github.com", githubApp: true },
      { name: "gitlab.com", instanceUrl: "https://gitlab.com" },
      { name: "src.fedoraproject.org", instanceUrl: "https://src.fedoraproject.org", type: "pagure" },
    ],
    testInstances: TEST_INSTANCES,
  };
}

/**
 * As `dev` Packit's listener takes the messages about builds of production's account for its own, and drops those about
 * its own: a test instance has it only when told to. Fedora CI's acts on listed projects alone, and none is listed.
 */
function withoutMessages(stack: PackitStackName): Partly<WrittenSettings> {
  return serviceOf(stack) === "packit" ? { components: { fedmsg: false } } : {};
}

/** One pod of each kind of worker that a layout has. */
function onePodEach({ workers: layout = {} }: Partly<WrittenSettings>): Partly<WrittenSettings> {
  const { all, shortRunning, longRunning } = layout;
  const one = (kind: typeof all) => Math.min(kind?.replicas ?? 0, 1);
  return { workers: workers(one(all), one(shortRunning), one(longRunning)) };
}

function workers(all: number, shortRunning: number, longRunning: number) {
  return {
    all: { replicas: all },
    shortRunning: { replicas: shortRunning },
    longRunning: { replicas: longRunning },
  };
}
