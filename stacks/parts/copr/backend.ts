import * as pulumi from "@pulumi/pulumi";

import { BUILDER_SSH_CONFIG, CoprBackend } from "../../../components/copr/backend";
import { CoprBackendLog } from "../../../components/copr/backend-log";
import { backendConfig } from "../../../components/copr/config/backend";
import type { Storage } from "../../../components/copr/config/instance";
import {
  BACKEND,
  BACKEND_LOG,
  KEYGEN,
  KEYGEN_PORT,
  RESALLOC,
  RESALLOC_PORT,
} from "../../../components/copr/connections";
import type { ResultsVolume } from "../../../components/copr/results-volume";
import { KEY_VALUE_PORT } from "../../../components/data/key-value-store";
import { SecretFiles } from "../../../components/platform/files";
import type { Site } from "../../../components/platform/site";
import { coprUrlsOf } from "../../settings/copr/addresses";
import type { CoprSettings } from "../../settings/copr/settings";
import type { JobPrograms } from "../job-programs";
import type { CoprData } from "./data";
import { imageOf } from "./images";
import type { CoprStorage } from "./pulp";
import { networksOf } from "./resalloc";
import type { CoprSecrets } from "./secrets";

/** What else the backend works with. */
export interface BackendSurroundings {
  readonly results: ResultsVolume;
  readonly packages: CoprStorage;
  readonly programs: JobPrograms;
  /** Whom it calls beside the key-value store: frontend, keygen, resalloc. */
  readonly after: readonly pulumi.Resource[];
}

/** The Secret with `copr-be.conf`. */
export function backendFiles(
  site: Site,
  settings: CoprSettings,
  data: CoprData,
  { backendPassword }: CoprSecrets,
  storage: Storage,
  opts: pulumi.CustomResourceOptions,
): SecretFiles {
  const { actions, builds, pruneDays, signDomain, sleepSeconds } = settings.backend;
  const text = backendPassword.apply((frontendAuth) =>
    backendConfig({
      urls: coprUrlsOf(settings),
      frontendAuth,
      resalloc: { host: RESALLOC, port: RESALLOC_PORT },
      keygen: { host: KEYGEN, port: KEYGEN_PORT },
      redis: { host: data.redisHost, port: KEY_VALUE_PORT },
      workers: {
        builds: builds.workers,
        actions: actions.workers,
        perOwner: builds.workersPerOwner,
        perSandbox: builds.workersPerSandbox,
        ...(Object.keys(builds.workersPerArchitecture).length > 0 && {
          perArchitecture: builds.workersPerArchitecture,
        }),
      },
      storage,
      limits: settings.buildLimits,
      signDomain,
      builderSshConfig: BUILDER_SSH_CONFIG,
      sleepTime: sleepSeconds,
      pruneDays,
    }),
  );
  return new SecretFiles("copr-backend-config", { site, data: { "copr-be.conf": text } }, opts);
}

/** The log, and after it the dispatchers whose messages it takes. */
export function coprBackend(
  site: Site,
  settings: CoprSettings,
  data: CoprData,
  secrets: CoprSecrets,
  config: SecretFiles,
  { results, packages, programs, after }: BackendSurroundings,
  opts: pulumi.ComponentResourceOptions,
): CoprBackend {
  const { actions, builds, graceSeconds, log } = settings.backend;
  const { analyzeResults, pruneResults } = settings.jobs;
  const common = { site, image: imageOf(settings.images.backend), config, data: data.components };
  const follower = new CoprBackendLog(BACKEND_LOG, { ...common, resources: log, after: [data.redis] }, opts);
  return new CoprBackend(
    BACKEND,
    {
      ...common,
      builderKey: secrets.builderKey,
      ...networksOf(settings),
      results,
      ...(packages.client && { pulp: packages.client }),
      redisHost: data.redisHost,
      ...(settings.resalloc !== undefined && { resallocHost: RESALLOC }),
      drainSeconds: graceSeconds,
      resources: { builds, actions },
      schedules: {
        prune: pruneResults.schedule,
        ...(analyzeResults.enabled && { analyze: analyzeResults.schedule }),
      },
      programs: { schedule: programs.schedule, forget: programs.coprForget },
      after: [follower, data.redis, ...after],
    },
    opts,
  );
}
