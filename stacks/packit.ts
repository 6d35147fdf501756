import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { Api } from "../components/packit/api";
import { Beat } from "../components/packit/beat";
import { Dashboard } from "../components/packit/dashboard";
import { platformOf } from "./parts/cluster";
import { dataStores } from "./parts/data";
import { asIdentity } from "./parts/identity";
import { imageImport } from "./parts/image-import";
import { Images } from "./parts/images";
import type { JobPrograms } from "./parts/job-programs";
import { databaseBackup, sandboxCleaner } from "./parts/jobs";
import { listeners } from "./parts/listeners";
import { logShipperOf } from "./parts/log-shipper";
import { DATABASE_BACKUP, REVDEP } from "./parts/names";
import { observability } from "./parts/observability";
import { reverseDependencyTests } from "./parts/revdep";
import { sandboxAndCaches } from "./parts/sandbox";
import { seal } from "./parts/seal";
import { sharedSecrets } from "./parts/secret-files";
import { secretValues } from "./parts/secret-values";
import { makeSites } from "./parts/sites";
import type { testRepository } from "./parts/test-repository";
import { tokman } from "./parts/tokman";
import { applicationOf, makeWorkers, workerNames } from "./parts/workers";
import type { StackInput } from "./settings";
import { addressesOf } from "./settings/addresses";
import { dashboardBackends } from "./settings/dashboard-backends";

/** What a stack has to tell once it is there. */
export interface Deployed {
  /** Public addresses. */
  readonly urls: Readonly<Record<string, string>>;
  readonly namespace: pulumi.Output<string>;
  /** When the namespace was made, as an RFC 3339 time in UTC. */
  readonly createdAt: pulumi.Output<string>;
  /** Page of a test instance's own repository on GitHub, where it has one. */
  readonly repository?: pulumi.Output<string>;
}

/** What few stacks have, and others do not load. */
export interface SeldomParts {
  readonly repository?: typeof testRepository;
}

/**
 * One Packit: its namespaces, what holds its data, and everything that runs.
 *
 * @param provider - Of the cluster that it is built in.
 * @param programs - What its jobs run.
 */
export function packit(
  input: StackInput,
  provider: k8s.Provider,
  programs: JobPrograms,
  seldom: SeldomParts = {},
): Deployed {
  const { settings, secrets: given } = input;
  const { components, hosts, distgit, celery, stack } = settings;
  const everything = new pulumi.ComponentResource("packit:stack:Packit", stack.name, {}, { provider });
  const opts = { parent: everything };

  const { main: site, sandbox, createdAt } = makeSites(settings, platformOf(settings), opts);
  const images = new Images(site, settings.images, opts);
  const values = asIdentity(settings, given, secretValues(settings, given, opts), opts);
  const secrets = sharedSecrets(site, settings, values, opts);
  const { config, tls, sentry, githubApp, centpkgSig } = secrets;
  const application = applicationOf(settings);
  const { database, queue } = dataStores(site, settings, images, secrets, clients(settings), opts);
  const process = { site, application, database, queue, sentry, config };
  const logShipper = logShipperOf(site, settings, images, values, opts);

  new Api(
    "packit-service",
    {
      ...process,
      image: images.of("service"),
      distgit,
      tls,
      githubApp,
      centpkgSig,
      logShipper,
      host: hosts.api,
      replicas: settings.api.replicas,
      resources: settings.api,
    },
    opts,
  );
  const image = images.of("worker");
  const { ssh, sshConfig, keytab, copr } = secrets;
  const files = { ssh, sshConfig, keytab, copr, githubApp, centpkgSig };
  const callsSandbox = sandbox !== undefined;
  const workers = makeWorkers(settings, { ...process, ...files, image, logShipper, callsSandbox }, opts);
  sandboxAndCaches(settings, { site, workers, image }, sandbox, opts);
  if (components.beat) {
    new Beat(
      "packit-service-beat",
      { ...process, image, celery, ssh, sshConfig, resources: settings.beat },
      opts,
    );
  }
  listeners(settings, { site, application, queue, sentry }, images, values, opts);
  tokman(settings, { site, application, sentry }, images, secrets, values, opts);
  if (components.dashboard) {
    new Dashboard(
      "packit-dashboard",
      {
        site,
        image: images.of("dashboard"),
        host: hosts.dashboard,
        apiHost: hosts.api,
        backends: dashboardBackends(stack, hosts.api, settings.dashboard.backends),
        tls,
        replicas: settings.dashboard.replicas,
        resources: settings.dashboard,
      },
      opts,
    );
  }
  observability(site, settings, images, secrets, values, opts);
  imageImport(site, settings, images, opts);
  databaseBackup(site, settings, images, secrets, programs, opts);
  sandboxCleaner(site, sandbox, settings, image, programs, opts);
  reverseDependencyTests(settings, { site, application, database, queue, code: image }, programs, opts);

  if (settings.durable) seal(site, everything, { provider });
  const repository = seldom.repository?.(input, values.service.webhookSecret, opts);
  return {
    urls: addressesOf(settings),
    namespace: pulumi.output(site.namespace),
    createdAt,
    ...(repository !== undefined && { repository }),
  };
}

/** Who connects to the database and to the queues. */
function clients(settings: StackInput["settings"]): { database: string[]; queue: string[] } {
  const { beat, centosmsg, fedmsg, flower, redisCommander } = settings.components;
  const tasks = [
    "packit-service",
    ...workerNames(settings),
    ...(beat ? ["packit-service-beat"] : []),
    ...(settings.revdep.enabled ? [REVDEP] : []),
  ];
  const others = [
    ...(fedmsg ? ["packit-service-fedmsg"] : []),
    ...(centosmsg ? ["packit-service-centosmsg"] : []),
    ...(flower ? ["flower"] : []),
    ...(redisCommander ? ["redis-commander"] : []),
  ];
  const backup = settings.backup.enabled ? [DATABASE_BACKUP] : [];
  return { database: [...tasks, ...backup], queue: [...tasks, ...others] };
}
