import * as pulumi from "@pulumi/pulumi";

import type { Probes, Resources } from "../platform/container";
import { SecretFiles } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { KEY_VALUE_PORT } from "./key-value-store";
import { redisCommanderConfig } from "./redis-commander-conf";

const HTTP_PORT = 8081;

/** Keys of the Secret that says who may look in. */
const USER_KEY = "redis-commander-user";
const PASSWORD_KEY = "redis-commander-password";
const CONFIG_KEY = "config.json";

export interface RedisCommanderArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  /** The store to look into. */
  readonly store: { readonly host: pulumi.Input<string>; readonly password: pulumi.Input<string> };
  /** Who may look in, by basic authentication. */
  readonly login: { readonly user: pulumi.Input<string>; readonly password: pulumi.Input<string> };
  /** Public host name, whose TLS the cluster's router ends. @default not reachable from outside (D26) */
  readonly host?: string | undefined;
  readonly resources: Resources;
}

/** redis-commander, which shows and changes the keys of the key-value store. */
export class RedisCommander extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `redis-commander`. */
  constructor(name: string, args: RedisCommanderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:data:RedisCommander", name, {}, opts);
    const { site, store, login, host } = args;
    const child = { parent: this };
    const users = new SecretFiles(
      `${name}-secret`,
      { site, data: { [USER_KEY]: login.user, [PASSWORD_KEY]: login.password } },
      child,
    );
    const config = pulumi
      .output(store)
      .apply((plain) => redisCommanderConfig({ ...plain, port: KEY_VALUE_PORT }));
    const connection = new SecretFiles(`${name}-connection`, { site, data: { [CONFIG_KEY]: config } }, child);
    const workload = new Workload(
      name,
      {
        site,
        image: args.image,
        resources: args.resources,
        // Not the image's own script: it shows the store's password among the processes and in the log.
        args: ["node", "./bin/redis-commander"],
        env: {
          NODE_CONFIG: { from: connection, key: CONFIG_KEY },
          HTTP_USER: { from: users, key: USER_KEY },
          HTTP_PASSWORD: { from: users, key: PASSWORD_KEY },
        },
        ports: { http: HTTP_PORT },
        probes: probes(),
        mounts: [{ scratch: "tmp", path: "/tmp", sizeLimit: "16Mi" }],
        service: [{ name: String(HTTP_PORT), port: HTTP_PORT, targetPort: HTTP_PORT }],
        // Without a host nobody connects; `kubectl port-forward` needs no admission.
        admits: host === undefined ? [] : [{ port: HTTP_PORT, router: true }],
      },
      child,
    );
    if (host !== undefined) {
      const port = { name: String(HTTP_PORT), number: HTTP_PORT };
      const { service } = workload;
      site.platform.expose(name, { site, host, service, port, tls: "edge" }, child);
    }
    this.registerOutputs({});
  }
}

function probes(): Probes {
  // Answered without a password and without the store.
  const answers = { httpGet: { path: "/healthcheck", port: HTTP_PORT }, timeoutSeconds: 5 };
  return {
    readiness: { ...answers, periodSeconds: 10 },
    liveness: { ...answers, periodSeconds: 20, failureThreshold: 6 },
  };
}
