import { Document, isScalar } from "yaml";

import type { Deployment } from "../application";
import { KEYTAB_PATH, REPOSITORY_CACHE_FOLDER, WORK_FOLDER } from "../paths";
import { authentication, type Forge } from "./forges";
import type { ServiceOptions } from "./service-options";

/** Where jobs run users' commands: in the worker itself, or in pods of the sandbox namespace. */
export type CommandHandler =
  | { readonly kind: "local" }
  | {
      readonly kind: "sandcastle";
      readonly image: string;
      readonly namespace: string;
      /** StorageClass of the volumes that working copies are copied to. @default the cluster's */
      readonly storageClass?: string | undefined;
    };

/** Passwords of an instance towards others, and of others towards it. */
export interface ServiceCredentials {
  readonly fasPassword?: string | undefined;
  readonly webhookSecret?: string | undefined;
  readonly testingFarmSecret?: string | undefined;
  readonly internalTestingFarmSecret?: string | undefined;
  readonly gitlabTokenSecret?: string | undefined;
  readonly logdetectiveToken?: string | undefined;
}

/** What `packit-service.yaml` says. */
export interface PackitServiceConfig {
  readonly deployment: Deployment;
  /** Public host of the API, with a port when it is not 443. */
  readonly serverName: string;
  /** @default no dashboard */
  readonly dashboardUrl?: string | undefined;
  /** Whether workers have a keytab. */
  readonly keytab: boolean;
  /** Git forges, by host name. */
  readonly forges: Readonly<Record<string, Forge>>;
  readonly credentials: ServiceCredentials;
  readonly commandHandler: CommandHandler;
  /** Whether there are volumes with clones of big repositories. */
  readonly repositoryCache: boolean;
  /** What is neither secret nor given by anything else. */
  readonly options: ServiceOptions;
}

/**
 * The file `packit-service.yaml`.
 *
 * Its readers are PyYAML, for which an unquoted `yes` or `0123` is no text, and a regular expression in the API's
 * start script, for which `server_name` must not be quoted (D51). So everything is quoted but that. A key appears
 * once, whoever gives it (D53).
 *
 * @throws Error for a server name that the start script cannot read, and for forges without a token.
 */
export function packitServiceConfig(config: PackitServiceConfig): string {
  const { serverName } = config;
  if (!/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?$/.test(serverName)) {
    throw new Error(`the server name cannot be ${JSON.stringify(serverName)}: give a host, or host:port`);
  }
  const document = new Document(content(config), { version: "1.1" });
  const name = document.get("server_name", true);
  if (isScalar(name)) name.type = "PLAIN";
  return document.toString({ defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth: 0 });
}

function content(config: PackitServiceConfig): Record<string, unknown> {
  const { defaultParseTimeMacros: macros } = config.options;
  return {
    ...snakeCased({ deployment: config.deployment, ...config.options }),
    server_name: config.serverName,
    ...snakeCased({
      dashboardUrl: config.dashboardUrl,
      keytabPath: config.keytab ? KEYTAB_PATH : undefined,
      repositoryCache: config.repositoryCache ? REPOSITORY_CACHE_FOLDER : undefined,
    }),
    ...commandHandler(config.commandHandler, config.repositoryCache),
    authentication: authentication(config.forges),
    ...snakeCased(config.credentials),
    // Names of macros, not of settings.
    ...(macros !== undefined && { default_parse_time_macros: { ...macros } }),
  };
}

function commandHandler(handler: CommandHandler, cache: boolean): Record<string, unknown> {
  if (handler.kind === "local") {
    return { command_handler: "local", command_handler_work_dir: WORK_FOLDER };
  }
  return snakeCased({
    commandHandler: "sandcastle",
    commandHandlerWorkDir: WORK_FOLDER,
    commandHandlerImageReference: handler.image,
    commandHandlerK8sNamespace: handler.namespace,
    commandHandlerStorageClass: handler.storageClass,
    commandHandlerPvcVolumeSpecs: cache
      ? [
          {
            path: REPOSITORY_CACHE_FOLDER,
            // The start script of the workers sets it, from the name of the pod.
            pvcFromEnv: "SANDCASTLE_REPOSITORY_CACHE_VOLUME",
            readOnly: true,
          },
        ]
      : undefined,
  });
}

/** The same with the file's own form of keys, all the way down, and without what is not given. */
function snakeCased(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]: [string, unknown]) => [snakeCase(key), deep(inner)]),
  );
}

function deep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deep);
  return typeof value === "object" && value !== null ? snakeCased(value) : value;
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
