import * as pulumi from "@pulumi/pulumi";

import { KEY_VALUE_PORT } from "../data/key-value-store";
import type { Probes, Resources, SecretKey } from "../platform/container";
import type { Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import type { Application } from "./application";
import { sentryEnv, type Queue, type Sentry } from "./connections";
import { connectionProbe } from "./fedmsg";
import { SECRETS_FOLDER } from "./paths";

/** Port of CentOS's message broker: MQTT over TLS. */
export const MQTT_PORT = 8883;

/** Port of Sentry. */
const HTTPS_PORT = 443;

/** Queue that the workers take messages from. */
const TASK_QUEUE = "short-running";

/** Seconds without a connection to the broker after which the listener is started anew. It reconnects by itself. */
const PATIENCE_SECONDS = 600;

const LIVENESS_PERIOD = 30;

/** Which of CentOS's messages an instance listens to. */
export interface CentosMessages {
  /** Host of the broker, for example `mqtt.stg.centos.org`. */
  readonly host: string;
  /** The topic, for example `git.stg.centos.org/#`. The listener subscribes to one. */
  readonly topic: string;
  /** First words of the second level of topics; all others are left out. None: nothing is. */
  readonly subtopics: readonly string[];
  /** Python's name of the least grave messages in the log. */
  readonly logLevel: "DEBUG" | "INFO" | "WARNING" | "ERROR";
}

export interface CentosmsgArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  readonly application: Pick<Application, "deployment">;
  readonly messages: CentosMessages;
  readonly queue: Pick<Queue, "host">;
  /** Address of the broker of tasks with its password, `redis://:<password>@<host>:6379/0`. */
  readonly brokerUrl: SecretKey;
  /** Word that begins the names of queues. @default none */
  readonly queueNamePrefix?: string | undefined;
  /** @default errors are not reported */
  readonly sentry?: Sentry | undefined;
  /** Files `centos.cert`, the client's certificate and its key in one, and `centos-server-ca.cert`. */
  readonly certificates: Files;
  readonly resources: Resources;
}

/** Listens to CentOS Stream's messages and hands those about pull requests to the workers. */
export class Centosmsg extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `packit-service-centosmsg`. */
  constructor(name: string, args: CentosmsgArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:Centosmsg", name, {}, opts);
    const { messages, brokerUrl, queueNamePrefix, sentry } = args;
    new Workload(
      name,
      {
        site: args.site,
        image: args.image,
        resources: args.resources,
        command: ["listen-to-centos-messaging"],
        env: {
          DEPLOYMENT: args.application.deployment,
          MQTT_HOST: messages.host,
          MQTT_PORT: String(MQTT_PORT),
          MQTT_TOPICS: messages.topic,
          MQTT_SUBTOPICS: messages.subtopics.join(","),
          LOG_LEVEL: messages.logLevel,
          CELERY_DEFAULT_QUEUE: TASK_QUEUE,
          ...(queueNamePrefix !== undefined && { QUEUE_NAME_PREFIX: queueNamePrefix }),
          REDIS_SERVICE_HOST: args.queue.host,
          // The listener makes an address without a password (D26). Celery prefers these two to what it is told.
          CELERY_BROKER_URL: brokerUrl,
          CELERY_RESULT_BACKEND: brokerUrl,
          ...sentryEnv(sentry),
        },
        probes: probes(),
        mounts: [{ path: SECRETS_FOLDER, files: [{ from: args.certificates }] }],
        // One listener at a time, so that no message is handled twice.
        rollout: "recreate",
        reaches: [
          { port: MQTT_PORT },
          { port: KEY_VALUE_PORT },
          ...(sentry === undefined ? [] : [{ port: HTTPS_PORT }]),
        ],
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

function probes(): Probes {
  const connected = { exec: { command: connectionProbe(MQTT_PORT) }, timeoutSeconds: 5 };
  return {
    readiness: { ...connected, periodSeconds: 10 },
    liveness: {
      ...connected,
      periodSeconds: LIVENESS_PERIOD,
      failureThreshold: PATIENCE_SECONDS / LIVENESS_PERIOD,
    },
  };
}
