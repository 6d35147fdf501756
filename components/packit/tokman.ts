import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import type { Probes, Resources } from "../platform/container";
import { SecretFiles, type Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import type { Application } from "./application";
import { sqliteUri, tokmanConfig } from "./config/tokman";
import { sentryEnv, type Sentry } from "./connections";

/** Port of tokman's Service. */
export const TOKMAN_PORT = 80;

const HTTP_PORT = 8000;
const CONFIG_FOLDER = "/etc/config";
const TOKENS_FOLDER = "/access_tokens";
const DATABASE = `${TOKENS_FOLDER}/access_tokens.db`;
const APP_FOLDER = "/secrets";

/** Answers without asking GitHub or the database. */
const HEALTH_PATH = "/api/health";

/** Seconds until it listens; it first brings its database's schema up to date. */
const STARTUP_SECONDS = 300;

const STARTUP_PERIOD = 5;

export interface TokmanArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  readonly application: Pick<Application, "deployment">;
  /** @default errors are not reported */
  readonly sentry?: Sentry | undefined;
  /** The GitHub App: its number, and the file `private-key.pem`. */
  readonly githubApp: { readonly id: pulumi.Input<string>; readonly key: Files };
  /** Processes that answer requests. */
  readonly workers: number;
  /** Size of the volume, for example `1Gi`. It can grow later, never shrink. */
  readonly storage: string;
  /** Components that may ask for tokens. */
  readonly clients: readonly string[];
  readonly resources: Resources;
}

/** Keeps the GitHub App's tokens of each repository, so that not every process asks GitHub for its own. */
export class Tokman extends pulumi.ComponentResource {
  /** Host name within the namespace, on port {@link TOKMAN_PORT}. */
  readonly host: pulumi.Output<string>;

  /** @param name - Name of all objects but the claim, `tokman`. */
  constructor(name: string, args: TokmanArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:Tokman", name, {}, opts);
    const { site, githubApp } = args;
    const child = { parent: this };
    // Tokens end after an hour, and new ones are had for the asking.
    const tokens = claim(
      "access-tokens-pvc",
      { site, component: name, storage: args.storage, disposable: true },
      child,
    );
    const config = new SecretFiles(
      `${name}-config`,
      { site, data: { "config.py": pulumi.output(githubApp.id).apply(configuration) } },
      child,
    );
    const workload = new Workload(
      name,
      {
        site,
        image: args.image,
        resources: args.resources,
        env: {
          DEPLOYMENT: args.application.deployment,
          LOG_LEVEL: "DEBUG",
          WORKERS: String(args.workers),
          TOKMAN_CONFIG: `${CONFIG_FOLDER}/config.py`,
          BIND_ADDR: `0.0.0.0:${HTTP_PORT}`,
          // Its migrations do not read the configuration and would make their tables elsewhere.
          DB_URI: sqliteUri(DATABASE),
          ...sentryEnv(args.sentry),
        },
        ports: { http: HTTP_PORT },
        probes: probes(),
        mounts: [
          { path: APP_FOLDER, files: [{ from: githubApp.key }] },
          { path: CONFIG_FOLDER, files: [{ from: config }] },
          { volume: "access-tokens", path: TOKENS_FOLDER, claim: tokens.metadata.name },
          // Signs of life of the web server's processes.
          { scratch: "tmp", path: "/tmp", sizeLimit: "16Mi" },
        ],
        service: [{ name, port: TOKMAN_PORT, targetPort: HTTP_PORT }],
        admits: [{ port: HTTP_PORT, components: args.clients }],
      },
      child,
    );
    this.host = workload.service;
    this.registerOutputs({ host: this.host });
  }
}

function configuration(appId: string): string {
  return tokmanConfig({ appId, privateKeyPath: `${APP_FOLDER}/private-key.pem`, databasePath: DATABASE });
}

function probes(): Probes {
  const answers = { httpGet: { path: HEALTH_PATH, port: HTTP_PORT } };
  return {
    readiness: { ...answers, periodSeconds: 10, timeoutSeconds: 5 },
    liveness: { ...answers, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
    startup: {
      ...answers,
      periodSeconds: STARTUP_PERIOD,
      timeoutSeconds: 10,
      failureThreshold: STARTUP_SECONDS / STARTUP_PERIOD,
    },
  };
}
