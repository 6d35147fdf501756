import { KEY_VALUE_PORT } from "../data/key-value-store";
import { POSTGRES_PORT } from "../data/postgres";
import type { Admission, Reach } from "../platform/access";
import { RESALLOC_PORT } from "./config/resalloc-server";
import { SIGND_PORT } from "./config/sign";

/** Components of Copr: names of their objects and values of the selector label. */
export const FRONTEND = "copr-frontend";
export const DATABASE_JOB = "copr-database-job";
export const KEYGEN = "copr-keygen";
export const DIST_GIT = "copr-distgit";
export const BACKEND = "copr-backend";
export const BACKEND_LOG = "copr-backend-log";
export const RESULTS = "copr-backend-httpd";
export const RESALLOC = "resalloc";
export const RESALLOC_WEB = "resalloc-webui";
/** Fills an empty database with a dump. */
export const DATABASE_DUMP = "copr-database-dump";
export const KEYGEN_BACKUP = "copr-keygen-backup";
/** The name of the same in every stack. */
export const DATABASE_BACKUP = "database-backup";
export const PULP = "copr-pulp";
/** Host of Pulp's own database. */
export const PULP_DATABASE = "copr-pulp-database";

/** What the frontend does by schedule. */
export const FRONTEND_HOURLY = "copr-frontend-hourly";
export const FRONTEND_DAILY = "copr-frontend-daily";
export const OUTDATED_CHROOTS = "copr-outdated-chroots";
export const UPSTREAM_RELEASES = "copr-upstream-releases";
export const FRONTEND_JOBS: readonly string[] = [
  FRONTEND_HOURLY,
  FRONTEND_DAILY,
  OUTDATED_CHROOTS,
  UPSTREAM_RELEASES,
];
export const ANALYZE_RESULTS = "copr-analyze-results";
export const CLEAN_DIST_GIT = "copr-clean-distgit";
export const PRUNE_DIST_GIT = "copr-prune-distgit";

export const FRONTEND_PORT = 5000;
export const DIST_GIT_PORT = 5001;
export const RESULTS_PORT = 8080;
/** Port at which keys are made. */
export const KEYGEN_PORT = 5003;
export { RESALLOC_PORT };
export const RESALLOC_WEB_PORT = 5007;
export const PULP_PORT = 8080;

const SSH_PORT = 22;
const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/** The servers of data, whose components have names of their own. */
export interface DataComponents {
  /** Component of the database's server, for example `postgresql-16`. */
  readonly database: string;
  /** Component of the key-value store. */
  readonly redis: string;
  /** Component that serves what is in Pulp. @default there is no Pulp */
  readonly pulp?: string;
}

interface Connection {
  readonly to: string;
  readonly port: number;
  /** Components whose pods connect. */
  readonly from: readonly string[];
}

/**
 * Who connects to whom within the namespace, and nothing else is open. signd and gen_key know no passwords, so the
 * one component that signs stands apart from its log and from the server of results (S1).
 */
export const CONNECTIONS: readonly Connection[] = [
  { to: FRONTEND, port: FRONTEND_PORT, from: [BACKEND, DIST_GIT] },
  { to: KEYGEN, port: KEYGEN_PORT, from: [BACKEND] },
  { to: KEYGEN, port: SIGND_PORT, from: [BACKEND] },
  { to: RESALLOC, port: RESALLOC_PORT, from: [BACKEND] },
  { to: RESULTS, port: RESULTS_PORT, from: [DIST_GIT] },
];

/** Components that connect to the database; the password lets others in nowhere (S14). */
export const DATABASE_CLIENTS: readonly string[] = [
  FRONTEND,
  DATABASE_JOB,
  DATABASE_DUMP,
  DATABASE_BACKUP,
  ...FRONTEND_JOBS,
];

/** Components that connect to the key-value store, which has no password: the frontend could not send one (S8). */
export const REDIS_CLIENTS: readonly string[] = [FRONTEND, ...FRONTEND_JOBS, BACKEND, BACKEND_LOG, DIST_GIT];

/** Components that connect to Pulp, where there is one (B26). */
export const PULP_CLIENTS: readonly string[] = [BACKEND, RESULTS];

/** Ports that the router passes requests from outside to, as far as their components are there. */
const PUBLIC: Readonly<Record<string, number>> = {
  [FRONTEND]: FRONTEND_PORT,
  [DIST_GIT]: DIST_GIT_PORT,
  [RESULTS]: RESULTS_PORT,
  [RESALLOC_WEB]: RESALLOC_WEB_PORT,
};

/** Whom a component may connect to outside the namespace, by ports; everybody else has no such connection. */
const OUTSIDE: Readonly<Record<string, readonly number[]>> = {
  // Logins, and the state of commits at forges.
  [FRONTEND]: [HTTPS_PORT],
  // The frontend under its public name, which builders are told too (C3).
  [BACKEND]: [HTTPS_PORT],
  // Sources at any address that a user names.
  [DIST_GIT]: [HTTP_PORT, HTTPS_PORT],
  // New releases, of which a service of Fedora tells.
  [UPSTREAM_RELEASES]: [HTTPS_PORT],
  // The frontend under its public name.
  [PRUNE_DIST_GIT]: [HTTPS_PORT],
  // The API of AWS.
  [RESALLOC]: [HTTPS_PORT],
};

/** Components that log in to builders. */
const BUILDER_CLIENTS: readonly string[] = [BACKEND, RESALLOC];

/** Who may connect to a component. */
export function admissionsTo(component: string): Admission[] {
  const inner = CONNECTIONS.filter(({ to }) => to === component).map(({ port, from }) => ({
    port,
    components: from,
    ...(PUBLIC[component] === port && { router: true }),
  }));
  const port = PUBLIC[component];
  const covered = port === undefined || inner.some((admission) => admission.port === port);
  return covered ? inner : [...inner, { port, router: true }];
}

/**
 * Whom a component may connect to.
 *
 * @param builderNetworks - Where builders are, for those who log in to them. @default anywhere
 */
export function reachesFrom(
  component: string,
  data: DataComponents,
  builderNetworks?: readonly string[],
): readonly Reach[] | "nothing" {
  const reaches: Reach[] = [
    ...CONNECTIONS.filter(({ from }) => from.includes(component)).map(({ to, port }) => ({
      port,
      components: [to],
    })),
    ...(DATABASE_CLIENTS.includes(component) ? [{ port: POSTGRES_PORT, components: [data.database] }] : []),
    ...(REDIS_CLIENTS.includes(component) ? [{ port: KEY_VALUE_PORT, components: [data.redis] }] : []),
    ...(data.pulp !== undefined && PULP_CLIENTS.includes(component)
      ? [{ port: PULP_PORT, components: [data.pulp] }]
      : []),
    ...(BUILDER_CLIENTS.includes(component)
      ? [{ port: SSH_PORT, ...(builderNetworks && { networks: builderNetworks }) }]
      : []),
    ...(OUTSIDE[component] ?? []).map((port) => ({ port })),
  ];
  return reaches.length === 0 ? "nothing" : reaches;
}
