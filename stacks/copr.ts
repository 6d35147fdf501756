import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { KEYGEN, RESULTS } from "../components/copr/connections";
import { CoprKeygen } from "../components/copr/keygen";
import { CoprResults } from "../components/copr/results";
import { resultsVolume } from "../components/copr/results-volume";
import type { Deployed } from "./packit";
import { backendFiles, coprBackend } from "./parts/copr/backend";
import { coprBackups } from "./parts/copr/backups";
import type { coprBuilders } from "./parts/copr/builders";
import { coprData } from "./parts/copr/data";
import { coprDistGit } from "./parts/copr/dist-git";
import { coprFrontend } from "./parts/copr/frontend";
import { imageOf } from "./parts/copr/images";
import { coprStorage } from "./parts/copr/pulp";
import { coprResalloc } from "./parts/copr/resalloc";
import { coprSecrets } from "./parts/copr/secrets";
import { coprSite } from "./parts/copr/site";
import { runsSource, sourceVolume } from "./parts/copr/source";
import type { JobPrograms } from "./parts/job-programs";
import { seal } from "./parts/seal";
import { coprAddressesOf } from "./settings/copr/addresses";
import type { CoprInput } from "./settings/copr/load";

export { hasBuilders } from "./settings/copr/fleet";
export { loadCoprStack } from "./settings/copr/load";

/** What an AWS for builders takes, which programs without builders do not load. */
export interface BuilderParts {
  readonly build: typeof coprBuilders;
  /** Archive of the reaper's bundle. */
  readonly reaper: () => pulumi.asset.Archive;
}

/**
 * One Copr: its namespace, closed before anything is in it, what holds its data, and everything that runs, each after
 * what it cannot do without.
 *
 * @param provider - Of the cluster that it is built in.
 * @param programs - What its jobs run.
 * @param parts - Where the settings give it builders (`hasBuilders`).
 */
export function copr(
  input: CoprInput,
  provider: k8s.Provider,
  programs: JobPrograms,
  parts?: BuilderParts,
): Deployed {
  const { settings } = input;
  const { durable, hosts, instance, keygen, results } = settings;
  const everything = new pulumi.ComponentResource(
    "packit:stack:Copr",
    instance,
    {},
    { provider, ...(settings.sourcePath !== undefined && { transformations: [runsSource] }) },
  );
  const opts = { parent: everything };

  const { site, createdAt } = coprSite(input, opts);
  if (settings.sourcePath !== undefined) sourceVolume(site, settings.sourcePath, opts);
  const secrets = coprSecrets(site, input, opts);
  const packages = coprStorage(site, settings, opts);
  const { storage } = packages;
  const volume = resultsVolume(
    "copr-backend-results",
    { site, storage: results.storage, manyNodes: false },
    opts,
  );
  const data = coprData(site, settings, secrets.database, packages, opts);
  const signer = new CoprKeygen(
    KEYGEN,
    {
      site,
      image: imageOf(settings.images.keygen),
      storage: keygen.storage,
      resources: keygen,
      prolongSchedule: settings.jobs.prolongKeys.schedule,
    },
    opts,
  );
  const frontend = coprFrontend(site, settings, data, secrets, storage, programs, opts);
  coprDistGit(site, settings, data, secrets, frontend.server, programs, opts);
  new CoprResults(
    RESULTS,
    {
      site,
      image: imageOf(settings.images.results),
      host: hosts.results,
      results: volume,
      storage,
      data: data.components,
      resources: results,
      after: packages.after,
    },
    opts,
  );
  const builders = parts?.build(input, secrets.builderSsh.publicKey, parts.reaper, opts);
  const resalloc = coprResalloc(site, settings, data, secrets, builders, frontend.server, programs, opts);
  const config = backendFiles(site, settings, data, secrets, storage, opts);
  const after = [frontend.server, signer, ...packages.after, ...(resalloc === undefined ? [] : [resalloc])];
  coprBackend(site, settings, data, secrets, config, { results: volume, packages, programs, after }, opts);

  coprBackups(site, input, data, secrets, signer, programs, opts);
  if (durable) seal(site, everything, { provider });
  return {
    urls: coprAddressesOf(settings),
    namespace: pulumi.output(site.namespace),
    createdAt,
  };
}
