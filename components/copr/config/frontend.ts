import { pythonAssignments } from "../../config/python";
import { hostAndPort, hostHeader, type CoprUrls, type Endpoint } from "./addresses";
import { absolutePath, wholeNumber } from "./checks";
import { databaseAddress, ENVIRONMENT_SECRETS, environmentSecret } from "./environment-secret";
import { buildLimits, type BuildLimits, type Storage } from "./instance";
import { loginSettings, OIDC_SECRET_VARIABLE, type Login } from "./login";

/**
 * Variables that `copr.conf` takes its secrets from, so that the file itself holds none. `oidcSecret` is wanted only
 * with that log-in.
 */
export const FRONTEND_VARIABLES = {
  /** Signs cookies and forms' tokens; the same for an instance's life. */
  secretKey: "COPR_SECRET_KEY",
  /** What backend and dist-git call `frontend_auth`. */
  backendPassword: "COPR_BACKEND_PASSWORD",
  databaseUser: "COPR_DB_USER",
  databasePassword: "COPR_DB_PASSWORD",
  databaseName: "COPR_DB_NAME",
  oidcSecret: OIDC_SECRET_VARIABLE,
} as const;

/** What `copr.conf` says. */
export interface FrontendConfig {
  readonly urls: CoprUrls;
  readonly login: Login;
  readonly database: Endpoint;
  readonly redis: Endpoint;
  readonly storage: Storage;
  readonly limits?: BuildLimits;
  /** Folder of uploads, search index and graphs; a volume's, as all of it must outlive a pod (C12). */
  readonly dataFolder?: string;
  /** File that the application logs to. @default /var/log/copr-frontend/frontend.log */
  readonly logFile?: string;
  /** @default info */
  readonly logLevel?: "debug" | "info" | "warning" | "error";
  /** Whether people get mail, for which a relay has to listen on the pod's own port 25 (C33). @default false */
  readonly sendEmails?: boolean;
  /** Networks, in CIDR notation, that count as the instance's own. @default the pod itself */
  readonly intranet?: readonly string[];
  /** Days for which data of chroots is kept whose distribution has ended. @default 180 */
  readonly deleteEolChrootsAfter?: number;
  /** Days between mails about such a chroot. @default 80 */
  readonly eolChrootsNotificationPeriod?: number;
  /** Groups that cannot own projects. */
  readonly groupDenylist?: readonly string[];
}

/**
 * The frontend's `copr.conf`, which Flask runs as Python.
 *
 * @throws Error for what the frontend would read as something else.
 */
export function frontendConfig(config: FrontendConfig): string {
  const { urls, storage } = config;
  const data = absolutePath("the frontend's data folder", config.dataFolder ?? "/var/lib/copr/data");
  const logFile = absolutePath(
    "the frontend's log file",
    config.logFile ?? "/var/log/copr-frontend/frontend.log",
  );
  const limits = buildLimits(config.limits);
  const scheme = new URL(urls.frontend).protocol.replace(":", "");
  return `${ENVIRONMENT_SECRETS}${pythonAssignments({
    ...loginSettings(config.login),
    SECRET_KEY: environmentSecret(FRONTEND_VARIABLES.secretKey),
    BACKEND_PASSWORD: environmentSecret(FRONTEND_VARIABLES.backendPassword),
    SQLALCHEMY_DATABASE_URI: databaseAddress(
      {
        user: FRONTEND_VARIABLES.databaseUser,
        password: FRONTEND_VARIABLES.databasePassword,
        database: FRONTEND_VARIABLES.databaseName,
      },
      hostAndPort(config.database),
    ),
    // One name, with its port: some versions of Flask answer 404 to every other (B8).
    SERVER_NAME: hostHeader(urls.frontend),
    PUBLIC_COPR_HOSTNAME: hostHeader(urls.frontend),
    PUBLIC_COPR_BASE_URL: urls.frontend,
    BACKEND_BASE_URL: urls.backend,
    DIST_GIT_URL: urls.distGitPages,
    DIST_GIT_CLONE_URL: urls.distGitClone,
    COPR_DIST_GIT_LOGS_URL: urls.distGitLogs,
    RESALLOC_URL: urls.resalloc,
    ENFORCE_PROTOCOL_FOR_BACKEND_URL: scheme,
    ENFORCE_PROTOCOL_FOR_FRONTEND_URL: scheme,
    DATA_DIR: data,
    DATABASE: `${data}/copr.db`,
    OPENID_STORE: `${data}/openid_store`,
    WHOOSHEE_DIR: `${data}/whooshee`,
    STORAGE_DIR: `${data}/srpm_storage`,
    LOG_FILENAME: logFile,
    LOG_DIR: logFile.replace(/[^/]*$/, ""),
    LOGGING_LEVEL: config.logLevel ?? "info",
    REDIS_HOST: config.redis.host,
    REDIS_PORT: config.redis.port,
    CACHE_TYPE: "redis",
    DEFAULT_STORAGE: storage.kind,
    // The server of results fetches from Pulp what it has not itself.
    PULP_CONTENT_URL: storage.kind === "pulp" ? `${urls.results}/` : undefined,
    SEND_EMAILS: config.sendEmails ?? false,
    INTRANET_IPS: config.intranet ?? ["127.0.0.1"],
    GROUP_DENYLIST: config.groupDenylist,
    DELETE_EOL_CHROOTS_AFTER: wholeNumber("deleteEolChrootsAfter", config.deleteEolChrootsAfter ?? 180),
    EOL_CHROOTS_NOTIFICATION_PERIOD: wholeNumber(
      "eolChrootsNotificationPeriod",
      config.eolChrootsNotificationPeriod ?? 80,
    ),
    DEFAULT_BUILD_TIMEOUT: limits.defaultTimeout,
    MAX_BUILD_TIMEOUT: limits.maxTimeout,
    DEFAULT_BUILD_MEMORY: limits.defaultMemory,
    MIN_BUILD_MEMORY: limits.defaultMemory,
    MAX_BUILD_MEMORY: limits.maxMemory,
  })}`;
}
