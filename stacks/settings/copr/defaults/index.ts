import type { Partly } from "../../defaults/sizes";
import type { CoprStackName } from "../../names";
import { overlay } from "../../tree";
import type { WrittenCoprSettings } from "../schema";
import { builderDefaults } from "./builders";
import { coprImageDefaults } from "./images";
import { coprJobDefaults } from "./jobs";
import { COPR_SIZE_DIFFERENCES, COPR_SIZES } from "./sizes";

/** Every setting of a Copr stack as it is without any settings file. */
export function coprDefaultsFor(stack: CoprStackName): WrittenCoprSettings {
  const layers: readonly Partly<WrittenCoprSettings>[] = [
    COPR_SIZES,
    COPR_SIZE_DIFFERENCES[stack.deployment],
    services(stack),
    { images: coprImageDefaults(), ...builderDefaults(stack), ...coprJobDefaults(stack) },
  ];
  return layers.reduce(overlay, {}) as WrittenCoprSettings;
}

function services({ deployment }: CoprStackName): Partly<WrittenCoprSettings> {
  const isDev = deployment === "dev";
  return {
    platform: isDev ? "kubernetes" : "openshift",
    hosts: {},
    certificates: {
      source: isDev ? "made" : "acme",
      issuer: deployment === "prod" ? "letsencrypt-production" : "letsencrypt-staging",
    },
    labels: {},
    resultStorage: "backend",
    frontend: {
      logLevel: "info",
      admins: [],
      chroots: ["fedora-rawhide-x86_64"],
      distGitInstances: [],
      intranet: ["127.0.0.1/32"],
      deleteOutdatedAfterDays: 180,
      notifyOutdatedEveryDays: 80,
    },
    buildLimits: { defaultTimeout: 18_000, maxTimeout: 108_000, defaultMemory: 2048, maxMemory: 4096 },
    login: isDev ? { developer: "jdoe" } : {},
    database: { version: 15, name: "coprdb" },
    keyValue: { kind: "valkey" },
    backend: {
      sleepSeconds: 20,
      signDomain: "fedorahosted.org",
      pruneDays: 14,
      // Builds that are not done by then are started again on another builder (C16).
      graceSeconds: isDev ? 60 : 3600,
      actions: { workers: 2 },
      builds: { workers: 4, workersPerOwner: 20, workersPerSandbox: 10, workersPerArchitecture: {} },
    },
    distGit: { dispatcher: { workers: 10 } },
    resalloc: { webUi: { enabled: true } },
    mail: { port: 25 },
  };
}
