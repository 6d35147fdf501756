import * as pulumi from "@pulumi/pulumi";

import { DIST_GIT } from "../../../components/copr/connections";
import { CoprDistGit } from "../../../components/copr/dist-git";
import { KEY_VALUE_PORT } from "../../../components/data/key-value-store";
import type { Site } from "../../../components/platform/site";
import { coprUrlsOf } from "../../settings/copr/addresses";
import type { CoprSettings } from "../../settings/copr/settings";
import type { JobPrograms } from "../job-programs";
import type { CoprData } from "./data";
import { imageOf } from "./images";
import type { CoprSecrets } from "./secrets";

/** Size of the volume with the logs of imports, which go after two weeks. */
const LOG_STORAGE = "1Gi";

/** @param frontend - It calls it. */
export function coprDistGit(
  site: Site,
  settings: CoprSettings,
  data: CoprData,
  { backendPassword }: CoprSecrets,
  frontend: pulumi.Resource,
  programs: JobPrograms,
  opts: pulumi.ComponentResourceOptions,
): CoprDistGit {
  const { distGit, hosts, jobs } = settings;
  const { dispatcher, httpd, storage } = distGit;
  return new CoprDistGit(
    DIST_GIT,
    {
      site,
      image: imageOf(settings.images.distGit),
      host: hosts.distGit,
      config: {
        urls: coprUrlsOf(settings),
        redis: { host: data.redisHost, port: KEY_VALUE_PORT },
        maxWorkers: dispatcher.workers,
      },
      frontendAuth: backendPassword,
      author: { name: "Copr dist git", email: `copr@${hosts.frontend}` },
      data: data.components,
      storage: { sources: storage, logs: LOG_STORAGE },
      resources: { dispatcher, httpd },
      schedules: {
        clean: jobs.cleanDistGit.schedule,
        ...(jobs.pruneDistGit.enabled && { prune: jobs.pruneDistGit.schedule }),
      },
      programs: programs.coprForget,
      after: [frontend, data.redis],
    },
    opts,
  );
}
