import assert from "node:assert/strict";

import { parse } from "smol-toml";

import {
  busPort,
  fedoraMessaging,
  MOUNTED_CERTIFICATE,
  type FedoraMessaging,
} from "../../../../components/packit/config/fedora-messaging";

const QUEUE = "8f3b5c1e-7f0a-4d53-9a57-0a4a6d6f8e11";

const example: FedoraMessaging = {
  amqpUrl: "amqps://fedora:@rabbitmq.fedoraproject.org/%2Fpublic_pubsub",
  app: "Packit stg",
  queue: { name: QUEUE },
  routingKeys: ["org.fedoraproject.prod.copr.build.end", "org.fedoraproject.prod.buildsys.tag"],
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into the file
function read(config: Partial<FedoraMessaging> = {}): any {
  // The parser's objects have no prototype, which strict comparison would notice.
  return structuredClone(parse(fedoraMessaging({ ...example, ...config })));
}

describe("fedora.toml", () => {
  it("says everything under the keys that the listener reads", () => {
    const { log_config: logging, ...file } = read();
    assert.deepEqual(file, {
      amqp_url: "amqps://fedora:@rabbitmq.fedoraproject.org/%2Fpublic_pubsub",
      tls: {
        ca_cert: "/etc/fedora-messaging/cacert.pem",
        keyfile: "/etc/fedora-messaging/fedora-key.pem",
        certfile: "/etc/fedora-messaging/fedora-cert.pem",
      },
      client_properties: {
        app: "Packit stg",
        app_url: "https://github.com/packit/packit-service-fedmsg",
        app_contacts_email: ["hello@packit.dev"],
      },
      exchanges: { "amq.topic": { type: "topic", durable: true, auto_delete: false, arguments: {} } },
      queues: { [QUEUE]: { durable: true, auto_delete: false, exclusive: false, arguments: {} } },
      bindings: [
        {
          queue: QUEUE,
          exchange: "amq.topic",
          routing_keys: ["org.fedoraproject.prod.copr.build.end", "org.fedoraproject.prod.buildsys.tag"],
        },
      ],
    });
    assert.equal(logging.version, 1);
    assert.deepEqual(
      Object.entries(logging.loggers).map(([name, logger]) => [name, (logger as { level: string }).level]),
      [
        ["fedora_messaging", "INFO"],
        ["twisted", "INFO"],
        ["pika", "WARNING"],
        ["packit_service_fedmsg", "DEBUG"],
      ],
    );
  });

  it("D29: keeps the queue while nobody listens, unless told otherwise", () => {
    const flags = (queue: FedoraMessaging["queue"]): unknown => read({ queue }).queues[QUEUE];
    assert.deepEqual(flags({ name: QUEUE }), {
      durable: true,
      auto_delete: false,
      exclusive: false,
      arguments: {},
    });
    assert.deepEqual(flags({ name: QUEUE, durable: false, autoDelete: true, exclusive: true }), {
      durable: false,
      auto_delete: true,
      exclusive: true,
      arguments: {},
    });
  });

  it("uses a certificate of the instance's own", () => {
    assert.equal(read({ certificate: MOUNTED_CERTIFICATE }).tls.keyfile, "/fedora-messaging/fedora-key.pem");
  });

  it("refuses a queue that the broker would refuse, without showing its name", () => {
    assert.throws(
      () => fedoraMessaging({ ...example, queue: { name: "bananas" } }),
      (error: Error) => error.message.includes("no UUID") && !error.message.includes("bananas"),
    );
    assert.throws(() => fedoraMessaging({ ...example, routingKeys: [] }), /no routing keys/);
  });

  it("knows the port that an address means", () => {
    assert.equal(busPort(example.amqpUrl), 5671);
    assert.equal(busPort("amqp://"), 5672);
    assert.equal(busPort("amqp://user@broker"), 5672);
    assert.equal(busPort("amqps://broker:443/%2F"), 443);
  });
});
