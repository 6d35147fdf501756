import * as pulumi from "@pulumi/pulumi";

import type { EnvValue, SecretKey } from "../platform/container";
import { ConfigFiles, type Files } from "../platform/files";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { FRONTEND_VARIABLES, frontendConfig, type FrontendConfig } from "./config/frontend";

/** Whom a developer's instance takes everybody for. */
const DEVELOPER = "jdoe";

/** Secrets of the frontend's application. */
export interface FrontendSecrets {
  /** Signs cookies; the same for an instance's life (S4). */
  readonly secretKey: SecretKey;
  /** What backend and dist-git call `frontend_auth`. */
  readonly backendPassword: SecretKey;
  /** Keys `database-user`, `database-password` and `database-name`, as the server has them (B3). */
  readonly database: Files;
  /** The client's secret, where people log in by OpenID Connect. */
  readonly oidc?: SecretKey;
}

export interface FrontendApplicationArgs {
  readonly site: Site;
  readonly config: FrontendConfig;
  readonly secrets: FrontendSecrets;
}

/** What every pod has that runs the frontend's code: its configuration, and the secrets that this one names. */
export class FrontendApplication {
  readonly env: Readonly<Record<string, EnvValue>>;
  readonly mount: Mount;

  /** @param name - First part of the configuration's name, `copr-frontend`. */
  constructor(name: string, args: FrontendApplicationArgs, opts: pulumi.CustomResourceOptions) {
    const { site, config, secrets } = args;
    const files = new ConfigFiles(
      `${name}-config`,
      { site, data: { "copr.conf": frontendConfig(config) } },
      opts,
    );
    this.mount = { path: "/etc/copr", files: [{ from: files }] };
    this.env = environment(config, secrets);
  }
}

function environment(config: FrontendConfig, secrets: FrontendSecrets): Record<string, EnvValue> {
  const { database, oidc } = secrets;
  if (config.login.kind === "oidc" && oidc === undefined) {
    throw new Error("people log in by OpenID Connect: give the client's secret");
  }
  return {
    [FRONTEND_VARIABLES.secretKey]: secrets.secretKey,
    [FRONTEND_VARIABLES.backendPassword]: secrets.backendPassword,
    [FRONTEND_VARIABLES.databaseUser]: { from: database, key: "database-user" },
    [FRONTEND_VARIABLES.databasePassword]: { from: database, key: "database-password" },
    [FRONTEND_VARIABLES.databaseName]: { from: database, key: "database-name" },
    ...(oidc !== undefined && { [FRONTEND_VARIABLES.oidcSecret]: oidc }),
    // Whoever this names is let in without a password: never outside a developer's instance (S3).
    ...(config.login.kind === "developer" && { TEST_REMOTE_USER: config.login.user ?? DEVELOPER }),
  };
}
