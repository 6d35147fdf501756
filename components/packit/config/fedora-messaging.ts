import { stringify } from "smol-toml";

/** Paths of the client certificate. */
export interface MessagingCertificate {
  readonly caCert: string;
  readonly keyFile: string;
  readonly certFile: string;
}

/** Where a certificate of an instance's own is mounted, apart from the image's. */
export const MOUNTED_CERTIFICATE_FOLDER = "/fedora-messaging";

/** The certificate that is part of the image. */
export const IMAGE_CERTIFICATE = certificateIn("/etc/fedora-messaging");

/** A certificate of the instance's own. */
export const MOUNTED_CERTIFICATE = certificateIn(MOUNTED_CERTIFICATE_FOLDER);

/** What `fedora.toml` says. */
export interface FedoraMessaging {
  /** The broker, for example `amqps://fedora:@rabbitmq.fedoraproject.org/%2Fpublic_pubsub`. */
  readonly amqpUrl: string;
  /** @default the certificate of the image */
  readonly certificate?: MessagingCertificate;
  /** Name by which the broker's operators know the client, for example `Packit stg`. */
  readonly app: string;
  /** @default "amq.topic" */
  readonly exchange?: string;
  readonly queue: MessagingQueue;
  /** Topics that the queue receives. */
  readonly routingKeys: readonly string[];
}

/**
 * The queue. By default it outlives the connection, so that messages which come while the listener restarts are
 * kept, for about an hour (D29).
 */
export interface MessagingQueue {
  /** A UUID that no other instance uses. */
  readonly name: string;
  /** Keep it when the broker restarts. @default true */
  readonly durable?: boolean;
  /** Delete it when nobody listens. @default false */
  readonly autoDelete?: boolean;
  /** Tie it to one connection. @default false */
  readonly exclusive?: boolean;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The file `fedora.toml`.
 *
 * @throws Error when the queue's name is no UUID, which the broker refuses, or no topic is wanted.
 */
export function fedoraMessaging(config: FedoraMessaging): string {
  const { queue, exchange = "amq.topic", certificate = IMAGE_CERTIFICATE } = config;
  if (!UUID.test(queue.name)) {
    throw new Error("the messaging queue's name is no UUID: take a new one, as `uuidgen` prints it");
  }
  if (config.routingKeys.length === 0) {
    throw new Error("the messaging queue has no routing keys: name topics, or turn fedmsg off");
  }
  return stringify({
    amqp_url: config.amqpUrl,
    tls: {
      ca_cert: certificate.caCert,
      keyfile: certificate.keyFile,
      certfile: certificate.certFile,
    },
    client_properties: {
      app: config.app,
      app_url: "https://github.com/packit/packit-service-fedmsg",
      app_contacts_email: ["hello@packit.dev"],
    },
    exchanges: { [exchange]: { type: "topic", durable: true, auto_delete: false, arguments: {} } },
    queues: {
      [queue.name]: {
        durable: queue.durable ?? true,
        auto_delete: queue.autoDelete ?? false,
        exclusive: queue.exclusive ?? false,
        arguments: {},
      },
    },
    bindings: [{ queue: queue.name, exchange, routing_keys: [...config.routingKeys] }],
    log_config: logging(),
  });
}

/** Port that the address of a broker means, for the listener's readiness. */
export function busPort(amqpUrl: string): number {
  const { port, protocol } = new URL(amqpUrl);
  if (port !== "") return Number(port);
  return protocol === "amqps:" ? 5671 : 5672;
}

function certificateIn(folder: string): MessagingCertificate {
  return {
    caCert: `${folder}/cacert.pem`,
    keyFile: `${folder}/fedora-key.pem`,
    certFile: `${folder}/fedora-cert.pem`,
  };
}

/** Messages to standard output; of the libraries only what matters. */
function logging(): Record<string, string | number | boolean | object> {
  const logger = (level: string) => ({ level, propagate: false, handlers: ["console"] });
  return {
    version: 1,
    disable_existing_loggers: true,
    formatters: { simple: { format: "[%(asctime)s %(levelname)s %(name)s] %(message)s" } },
    handlers: {
      console: { class: "logging.StreamHandler", formatter: "simple", stream: "ext://sys.stdout" },
    },
    loggers: {
      fedora_messaging: logger("INFO"),
      twisted: logger("INFO"),
      pika: logger("WARNING"),
      packit_service_fedmsg: logger("DEBUG"),
    },
    root: { level: "ERROR", handlers: ["console"] },
  };
}
