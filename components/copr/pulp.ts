import * as pulumi from "@pulumi/pulumi";

import { DatabaseService } from "../data/database-service";
import { Postgres, POSTGRES_PORT } from "../data/postgres";
import { claim } from "../platform/claim";
import type { ContainerArgs, EnvValue, Probes, Resources } from "../platform/container";
import { ConfigFiles, type SecretFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { PULP_API_PORT, PULP_CONTENT_PORT, PULP_USER, pulpFrontConfig } from "./config/pulp";
import { PULP_CLIENTS, PULP_DATABASE, PULP_PORT } from "./connections";
import { installUser, USERS } from "./users";

const CONF_FOLDER = "/etc/pulp-front";
const KEY_FOLDER = "/etc/pulp/certs";

/** Tasks that are going on; a new worker takes up what is left. */
const GRACE_SECONDS = 120;

/** Sets the password of the one user there is, which stands in the environment. */
const SET_PASSWORD = `
from os import environ
from django.contrib.auth import get_user_model
user, _ = get_user_model().objects.get_or_create(username="${PULP_USER}")
user.is_staff = user.is_superuser = True
user.set_password(environ["ADMIN_PASSWORD"])
user.save()
`;

const PREPARE = `set -e
for folder in media tmp assets; do mkdir -p "$HOME/$folder"; done
pulpcore-manager migrate --noinput
pulpcore-manager shell -c "$1"
`;

/** For nginx, which only hands on. */
const SMALL: Resources = {
  requests: { cpu: "10m", memory: "32Mi" },
  limits: { cpu: "200m", memory: "128Mi" },
};

/** Pulp's Secret: its keys. */
export const PULP_SECRETS = {
  /** Signs what Django signs. */
  secretKey: "secret-key",
  adminPassword: "admin-password",
  /** Encrypts columns of the database: without it they cannot be read any more. */
  databaseKey: "database_fields.symmetric.key",
} as const;

export interface CoprPulpArgs {
  readonly site: Site;
  /** Pulp with its plugin for packages, and without a database of its own: `pulp-minimal`. */
  readonly image: ContainerImage;
  /** nginx. */
  readonly frontImage: ContainerImage;
  /** Secret with the keys of {@link PULP_SECRETS}. */
  readonly secrets: SecretFiles;
  readonly database: {
    /** Name of its objects, with the version, for example `copr-pulp-postgres-15`. */
    readonly name: string;
    /** An image of sclorg's family. */
    readonly image: ContainerImage;
    /** Secret with the keys `database-user`, `database-password` and `database-name`. */
    readonly credentials: SecretFiles;
    readonly storage: string;
    readonly resources: Resources;
  };
  /** Size of the volume with packages. */
  readonly storage: string;
  /** Of each of its three programs. */
  readonly resources: Resources;
}

/**
 * Keeps packages, where projects do not keep them on the backend's volume (B26). Its programs and its database are no
 * root's, with passwords of their own (S15); only who has business with packages reaches it.
 */
export class CoprPulp extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `copr-pulp`. */
  constructor(name: string, args: CoprPulpArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:Pulp", name, {}, opts);
    const { site, image, resources } = args;
    const child = { parent: this };
    const postgres = databaseOf(name, args, child);
    const user = installUser(name, { site, user: USERS.pulp, accounts: [name] }, child);
    const packages = claim(`${name}-data`, { site, component: name, storage: args.storage }, child);
    const common: Pick<ContainerArgs, "image" | "env" | "resources"> & { readonly mounts: readonly Mount[] } =
      {
        image,
        resources,
        env: environment(name, args),
        mounts: [
          user.mount,
          { volume: "data", path: USERS.pulp.home, claim: packages.metadata.name },
          { path: KEY_FOLDER, files: [{ from: args.secrets, items: databaseKey() }] },
          { scratch: "tmp", path: "/tmp", sizeLimit: "4Gi" },
        ],
      };
    new Workload(
      name,
      {
        site,
        ...common,
        containerName: "api",
        command: ["pulpcore-api", "--bind", `0.0.0.0:${PULP_API_PORT}`, "--workers", "2", "--timeout", "90"],
        ports: { api: PULP_API_PORT },
        probes: apiProbes(),
        sidecars: {
          content: {
            ...common,
            command: ["pulpcore-content", "--bind", `0.0.0.0:${PULP_CONTENT_PORT}`, "--workers", "2"],
            ports: { content: PULP_CONTENT_PORT },
            probes: contentProbes(),
          },
          worker: { ...common, command: ["pulpcore-worker"], probes: workerProbes() },
          httpd: front(name, args, user.mount, child),
        },
        init: {
          prepare: {
            ...common,
            env: { ...common.env, ADMIN_PASSWORD: { from: args.secrets, key: PULP_SECRETS.adminPassword } },
            command: ["/bin/sh", "-c", PREPARE, "prepare", SET_PASSWORD],
          },
        },
        identity: user.identity,
        graceSeconds: GRACE_SECONDS,
        service: [{ name: "http", port: PULP_PORT, targetPort: PULP_PORT }],
        admits: [{ port: PULP_PORT, components: PULP_CLIENTS }],
        reaches: [{ port: POSTGRES_PORT, components: [args.database.name] }],
        after: [...user.after, postgres],
      },
      child,
    );
    this.registerOutputs({});
  }
}

function databaseOf(name: string, args: CoprPulpArgs, child: pulumi.CustomResourceOptions): pulumi.Resource {
  const { site, database } = args;
  const { name: component, ...sized } = database;
  const serves = new Postgres(component, { site, ...sized, clients: [name] }, child);
  return new DatabaseService(PULP_DATABASE, { site, serves }, child);
}

/** Pulp's settings, each by its name behind `PULP_`. */
function environment(name: string, { secrets, database }: CoprPulpArgs): Record<string, EnvValue> {
  const { credentials } = database;
  return {
    HOME: USERS.pulp.home,
    PULP_SECRET_KEY: { from: secrets, key: PULP_SECRETS.secretKey },
    PULP_CONTENT_ORIGIN: `http://${name}:${PULP_PORT}`,
    PULP_DATABASES__default__HOST: PULP_DATABASE,
    PULP_DATABASES__default__PORT: String(POSTGRES_PORT),
    PULP_DATABASES__default__USER: { from: credentials, key: "database-user" },
    PULP_DATABASES__default__PASSWORD: { from: credentials, key: "database-password" },
    PULP_DATABASES__default__NAME: { from: credentials, key: "database-name" },
    PULP_STATIC_ROOT: "/var/lib/operator/static/",
    // It has nobody to tell.
    PULP_ANALYTICS: "false",
  };
}

function databaseKey(): Record<string, string> {
  return { [PULP_SECRETS.databaseKey]: PULP_SECRETS.databaseKey };
}

function apiProbes(): Probes {
  const listens = { tcpSocket: { port: PULP_API_PORT } };
  return {
    startup: { ...listens, periodSeconds: 5, failureThreshold: 60 },
    readiness: {
      httpGet: { path: "/pulp/api/v3/status/", port: PULP_API_PORT },
      periodSeconds: 15,
      timeoutSeconds: 10,
    },
    liveness: { ...listens, periodSeconds: 30, timeoutSeconds: 10 },
  };
}

function contentProbes(): Probes {
  const listens = { tcpSocket: { port: PULP_CONTENT_PORT } };
  return {
    startup: { ...listens, periodSeconds: 5, failureThreshold: 60 },
    readiness: { ...listens, periodSeconds: 15, timeoutSeconds: 5 },
    liveness: { ...listens, periodSeconds: 30, timeoutSeconds: 5 },
  };
}

/** A worker listens to nobody, and ends by itself when it cannot tell the database that it lives. */
function workerProbes(): Probes {
  const alive = { exec: { command: ["/bin/sh", "-c", "kill -0 1"] }, periodSeconds: 30, timeoutSeconds: 5 };
  return { readiness: alive, liveness: { ...alive, failureThreshold: 6 } };
}

/** One address for the programs. */
function front(
  name: string,
  { site, frontImage }: CoprPulpArgs,
  user: Mount,
  child: pulumi.CustomResourceOptions,
): ContainerArgs {
  const text = pulpFrontConfig({ listen: PULP_PORT, scratch: "/tmp" });
  const conf = new ConfigFiles(`${name}-config`, { site, data: { "nginx.conf": text } }, child);
  const listens = { tcpSocket: { port: PULP_PORT } };
  return {
    image: frontImage,
    resources: SMALL,
    command: ["nginx", "-e", "stderr", "-c", `${CONF_FOLDER}/nginx.conf`],
    ports: { http: PULP_PORT },
    probes: {
      readiness: { ...listens, periodSeconds: 10, timeoutSeconds: 5 },
      liveness: { ...listens, periodSeconds: 30, timeoutSeconds: 5 },
    },
    mounts: [
      user,
      { path: CONF_FOLDER, files: [{ from: conf }] },
      { scratch: "front-tmp", path: "/tmp", sizeLimit: "256Mi" },
    ],
  };
}
