import * as pulumi from "@pulumi/pulumi";

import type { Storage } from "../../../components/copr/config/instance";
import type { Login, OidcEndpoints } from "../../../components/copr/config/login";
import { DATABASE_DUMP, DATABASE_JOB, FRONTEND } from "../../../components/copr/connections";
import { CoprDatabaseDump } from "../../../components/copr/database-dump";
import { CoprDatabaseJob } from "../../../components/copr/database-job";
import { CoprFrontend } from "../../../components/copr/frontend";
import { FrontendApplication } from "../../../components/copr/frontend-application";
import { CoprFrontendJobs } from "../../../components/copr/frontend-jobs";
import { MailRelay } from "../../../components/copr/mail";
import { KEY_VALUE_PORT } from "../../../components/data/key-value-store";
import { POSTGRES_PORT } from "../../../components/data/postgres";
import type { Site } from "../../../components/platform/site";
import { coprUrlsOf } from "../../settings/copr/addresses";
import type { CoprSettings } from "../../settings/copr/settings";
import type { JobPrograms } from "../job-programs";
import type { CoprData } from "./data";
import { imageOf } from "./images";
import type { CoprSecrets } from "./secrets";

/** Minutes for the database's job: a migration may rewrite a table of many millions of builds. */
const DATABASE_JOB_MINUTES = 60;

/** The frontend, and its code's configuration for others who run it. */
export interface FrontendPart {
  readonly application: FrontendApplication;
  readonly server: CoprFrontend;
}

/** What makes or migrates the database, and then the web servers (C1). */
export function coprFrontend(
  site: Site,
  settings: CoprSettings,
  data: CoprData,
  secrets: CoprSecrets,
  storage: Storage,
  programs: JobPrograms,
  opts: pulumi.ComponentResourceOptions,
): FrontendPart {
  const { database, frontend } = settings;
  const application = frontendApplication(site, settings, data, secrets, storage, opts);
  const image = imageOf(settings.images.frontend);
  const common = { site, image, application, data: data.components };
  const mail = mailRelay(site, settings, secrets, programs, opts);
  const filled =
    database.dump === undefined
      ? data.database
      : new CoprDatabaseDump(
          DATABASE_DUMP,
          {
            site,
            image: imageOf(database.image),
            dump: database.dump,
            database: secrets.database,
            host: data.databaseHost,
            data: data.components,
            programs: programs.coprDump,
            after: [data.database],
          },
          opts,
        ).job;
  const { job } = new CoprDatabaseJob(
    DATABASE_JOB,
    {
      ...common,
      programs: programs.copr,
      chroots: frontend.chroots,
      admins: frontend.admins,
      deadlineMinutes: DATABASE_JOB_MINUTES,
      resources: settings.databaseJob,
      after: [filled],
    },
    opts,
  );
  const server = new CoprFrontend(
    FRONTEND,
    {
      ...common,
      host: settings.hosts.frontend,
      storage: frontend.storage,
      resources: frontend,
      ...(mail && { mail }),
      after: [job, data.redis],
    },
    opts,
  );
  const { frontendDaily, frontendHourly, outdatedChroots, upstreamReleases } = settings.jobs;
  new CoprFrontendJobs(
    "copr-frontend-jobs",
    {
      ...common,
      volume: server.volume,
      schedules: {
        hourly: frontendHourly.schedule,
        daily: frontendDaily.schedule,
        ...(outdatedChroots.enabled && { outdatedChroots: outdatedChroots.schedule }),
        ...(upstreamReleases.enabled && { upstreamReleases: upstreamReleases.schedule }),
      },
      ...(mail && { mail }),
      resources: settings.job,
      after: [server],
    },
    opts,
  );
  return { application, server };
}

/** Who takes mail; undefined: it is off, and nothing is sent (C33). */
function mailRelay(
  site: Site,
  { mail }: CoprSettings,
  { mail: credentials }: CoprSecrets,
  programs: JobPrograms,
  opts: pulumi.CustomResourceOptions,
): MailRelay | undefined {
  const { relay: host, port } = mail;
  if (host === undefined) return undefined;
  const args = { site, host, port, programs: programs.mail, ...(credentials && { credentials }) };
  return new MailRelay("copr-mail", args, opts);
}

function frontendApplication(
  site: Site,
  settings: CoprSettings,
  data: CoprData,
  secrets: CoprSecrets,
  storage: Storage,
  opts: pulumi.CustomResourceOptions,
): FrontendApplication {
  const { buildLimits: limits, frontend, login } = settings;
  return new FrontendApplication(
    FRONTEND,
    {
      site,
      secrets: secrets.frontend,
      config: {
        urls: coprUrlsOf(settings),
        login: loginOf(login),
        database: { host: data.databaseHost, port: POSTGRES_PORT },
        redis: { host: data.redisHost, port: KEY_VALUE_PORT },
        storage,
        limits,
        logLevel: frontend.logLevel,
        intranet: frontend.intranet,
        deleteEolChrootsAfter: frontend.deleteOutdatedAfterDays,
        eolChrootsNotificationPeriod: frontend.notifyOutdatedEveryDays,
        sendEmails: settings.mail.relay !== undefined,
      },
    },
    opts,
  );
}

/** @throws Error when nobody could log in, which the settings' rules refuse before. */
function loginOf({ developer, oidc }: CoprSettings["login"]): Login {
  if (developer !== undefined) return { kind: "developer", user: developer };
  if (oidc === undefined) throw new Error("nobody can log in: set login.oidc");
  const { authorization, client, metadata, provider, token, userinfo, ...others } = oidc;
  const endpoints: OidcEndpoints =
    metadata !== undefined
      ? { metadata }
      : { authorization: authorization ?? "", token: token ?? "", userinfo: userinfo ?? "" };
  return { kind: "oidc", provider, client, endpoints, ...others };
}
