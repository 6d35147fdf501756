import { configParserText } from "../../config/configparser";
import { endpointUrl, hostAndPort, type CoprUrls, type Endpoint } from "./addresses";
import type { Architecture } from "./architectures";
import { absolutePath, secret, wholeNumber } from "./checks";
import { buildLimits, type BuildLimits, type RedisServer, type Storage } from "./instance";
import { redisOptions } from "./redis-options";

/** How many builds and actions run at a time. */
export interface BackendWorkers {
  readonly builds: number;
  readonly actions: number;
  /** Of the builds, for one architecture. @default as many as there are */
  readonly perArchitecture?: Readonly<Partial<Record<Architecture, number>>>;
  /** Of the builds, for one user or group. @default 20 */
  readonly perOwner?: number;
  /** Of the builds, in one sandbox: a user's builds of one project. @default 10 */
  readonly perSandbox?: number;
}

/** What `copr-be.conf` says. */
export interface BackendConfig {
  readonly urls: CoprUrls;
  /** The frontend's `BACKEND_PASSWORD`. */
  readonly frontendAuth: string;
  readonly resalloc: Endpoint;
  /** The server that makes keys. The one that signs is named in `sign.conf`. */
  readonly keygen: Endpoint;
  /** Kept apart from the frontend's log-ins and cache, which are in database 1. */
  readonly redis: RedisServer;
  readonly workers: BackendWorkers;
  readonly storage: Storage;
  readonly limits?: BuildLimits;
  /**
   * Domain in the addresses of signing keys, `owner#project@copr.<domain>`. A change orphans every key there is.
   */
  readonly signDomain: string;
  /** Path of the SSH client's configuration for builders. */
  readonly builderSshConfig: string;
  /** User on builders. @default mockbuilder */
  readonly buildUser?: string;
  /** Seconds between two looks for tasks. @default 20 */
  readonly sleepTime?: number;
  /** Days for which results of replaced builds are kept. @default 14 */
  readonly pruneDays?: number;
  /** Processes of the daily clean-up. @default 4 */
  readonly pruneWorkers?: number;
  /** Volume of everything that is served: results, statistics (B10). @default /var/lib/copr/public_html */
  readonly publicFolder?: string;
  /** @default /var/log/copr-backend */
  readonly logFolder?: string;
  /** @default info */
  readonly logLevel?: "debug" | "info" | "warning" | "error";
}

/**
 * The backend's `copr-be.conf`. It holds a password, so it belongs into a Secret.
 *
 * @throws Error for what the backend would read as something else.
 */
export function backendConfig(config: BackendConfig): string {
  const { urls, workers, storage } = config;
  const folder = absolutePath("the backend's folder", config.publicFolder ?? "/var/lib/copr/public_html");
  const limits = buildLimits(config.limits);
  const backend = {
    results_baseurl: urls.results,
    // Builders get their tasks' addresses from it, so it is the public one (C3).
    frontend_base_url: urls.frontend,
    frontend_auth: secret("the backend's password for the frontend", config.frontendAuth),
    destdir: `${folder}/results`,
    statsdir: `${folder}/stats`,
    sleeptime: count("sleepTime", config.sleepTime ?? 20),
    builds_max_workers: count("workers.builds", workers.builds),
    ...(workers.perArchitecture && {
      builds_max_workers_arch: perArchitecture(workers.perArchitecture),
    }),
    builds_max_workers_owner: count("workers.perOwner", workers.perOwner ?? 20),
    builds_max_workers_sandbox: count("workers.perSandbox", workers.perSandbox ?? 10),
    actions_max_workers: count("workers.actions", workers.actions),
    do_sign: "true",
    keygen_host: hostAndPort(config.keygen),
    sign_domain: domain(config.signDomain),
    prune_days: count("pruneDays", config.pruneDays ?? 14),
    prune_workers: count("pruneWorkers", config.pruneWorkers ?? 4),
    resalloc_connection: endpointUrl(config.resalloc),
    ...redisOptions(config.redis),
    redis_db: "0",
    build_user: config.buildUser ?? "mockbuilder",
    log_dir: absolutePath("the backend's log folder", config.logFolder ?? "/var/log/copr-backend"),
    log_level: config.logLevel ?? "info",
    ...(storage.kind === "pulp" && { pulp_content_url: `${endpointUrl(storage.service)}/pulp/content/` }),
  };
  return configParserText(
    {
      backend,
      builder: {
        timeout: count("limits.maxTimeout", limits.maxTimeout),
        consecutive_failure_threshold: "30",
      },
      ssh: { builder_config: absolutePath("the path of ssh's configuration", config.builderSshConfig) },
    },
    true,
  );
}

function count(what: string, value: number): string {
  return String(wholeNumber(what, value));
}

function perArchitecture(limits: Readonly<Partial<Record<Architecture, number>>>): string {
  return Object.entries(limits)
    .map(([name, limit]) => `${name}=${count(`workers.perArchitecture.${name}`, limit)}`)
    .join(",");
}

function domain(name: string): string {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(name)) {
    throw new Error(
      `signDomain cannot be ${JSON.stringify(name)}: give a domain like fedorahosted.example.org`,
    );
  }
  return name;
}
