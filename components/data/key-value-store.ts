import * as pulumi from "@pulumi/pulumi";

import { claim } from "../platform/claim";
import type { EnvValue, Probes, Resources } from "../platform/container";
import { ConfigFiles, type SecretFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { maxMemory, sizeFindings } from "./key-value-memory";
import { PASSWORD_CONF_KEY, PASSWORD_KEY } from "./key-value-password";
import { redisConf } from "./redis-conf";

/** Port of the server and of its Service. */
export const KEY_VALUE_PORT = 6379;

const CONF_FOLDER = "/etc/redislike";
const PASSWORD_FOLDER = "/etc/redislike-password";

/** A server that is told to stop writes a dump first. */
const GRACE_SECONDS = 120;

/** The servers that can be used. They understand the same configuration and commands. */
export type KeyValueKind = "valkey" | "redict" | "redis";

/** Where the image of each kind keeps its data. */
const DATA_FOLDERS: Readonly<Record<KeyValueKind, string>> = {
  valkey: "/data",
  redict: "/data",
  redis: "/var/lib/redis/data",
};

export interface KeyValueStoreArgs {
  readonly site: Site;
  /** An image of the kind: `docker.io/valkey/valkey`, `registry.redict.io/redict`, `quay.io/sclorg/redis-7-c9s`. */
  readonly image: ContainerImage;
  readonly kind: KeyValueKind;
  /** Size of the volume, for two dumps, for example `8Gi`. It can grow later, never shrink. */
  readonly storage: string;
  /** Requests equal limits, so that the pod is the last to be evicted. */
  readonly resources: Resources;
  /** Bytes of data after which keys are evicted. @default three quarters of the memory limit (D15) */
  readonly maxMemory?: number;
  /** The Secret that `keyValuePassword` makes. @default no password: for clients that cannot send one */
  readonly password?: SecretFiles;
  /** Components that may connect; during a move to another kind also the new store, which replicates this one. */
  readonly clients: readonly string[];
}

/**
 * Broker and result store of the workers. Stores of two kinds can stand side by side, each with its own objects
 * and volume, so that data can be replicated before the clients are pointed at the new host (D20).
 */
export class KeyValueStore extends pulumi.ComponentResource {
  /** Host name of the store within the namespace. */
  readonly host: pulumi.Output<string>;

  /**
   * @param name - Name of all objects and the host, usually the kind.
   * @throws Error with everything that is wrong with the sizes.
   */
  constructor(name: string, args: KeyValueStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:data:KeyValueStore", name, {}, opts);
    const findings = sizeFindings(name, args);
    if (findings.length > 0) throw new Error(findings.join("\n"));
    const { site, kind, resources, password } = args;
    const folder = DATA_FOLDERS[kind];
    const child = { parent: this };

    const volume = claim(`${name}-pvc`, { site, component: name, storage: args.storage }, child);
    const conf = new ConfigFiles(
      `${name}-config`,
      {
        site,
        data: {
          "redis.conf": redisConf({
            folder,
            maxMemory: maxMemory(args),
            ...(password && { passwordFile: `${PASSWORD_FOLDER}/${PASSWORD_CONF_KEY}` }),
          }),
        },
      },
      child,
    );
    const workload = new Workload(
      name,
      {
        site,
        image: args.image,
        resources,
        // Not the image's entry point: that of redis would start it with a file of its own.
        command: [`${kind}-server`, `${CONF_FOLDER}/redis.conf`],
        ...(password && { env: environment(kind, password) }),
        ports: { redis: KEY_VALUE_PORT },
        probes: probes(kind),
        mounts: [
          { volume: "data", path: folder, claim: volume.metadata.name },
          { path: CONF_FOLDER, files: [{ from: conf }] },
          ...(password ? [passwordMount(password)] : []),
        ],
        graceSeconds: GRACE_SECONDS,
        service: [{ name: String(KEY_VALUE_PORT), port: KEY_VALUE_PORT, targetPort: KEY_VALUE_PORT }],
        admits: [{ port: KEY_VALUE_PORT, components: args.clients }],
      },
      child,
    );
    this.host = workload.service;
    this.registerOutputs({ host: this.host });
  }
}

/** The password for the kind's own command line, in the probe and for whoever maintains it. */
function environment(kind: KeyValueKind, password: SecretFiles): Record<string, EnvValue> {
  const value = { from: password, key: PASSWORD_KEY };
  // The older versions of all kinds read the first.
  return { REDISCLI_AUTH: value, [`${kind.toUpperCase()}CLI_AUTH`]: value };
}

function passwordMount(password: SecretFiles): Mount {
  return {
    path: PASSWORD_FOLDER,
    files: [{ from: password, items: { [PASSWORD_CONF_KEY]: PASSWORD_CONF_KEY } }],
  };
}

function probes(kind: KeyValueKind): Probes {
  return {
    // Not ready while a dump is loaded: the server then answers, with an error.
    readiness: { exec: { command: [`${kind}-cli`, "-e", "ping"] }, periodSeconds: 5, timeoutSeconds: 5 },
    liveness: {
      tcpSocket: { port: KEY_VALUE_PORT },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    },
  };
}
