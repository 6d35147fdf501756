import * as z from "zod";

import { amqpUrl, count, host, line, objectName, url } from "./values";

/** Fedora's message bus (`fedora.toml`). */
export const messaging = z
  .strictObject({
    amqpUrl: amqpUrl.meta({
      description: "The broker.",
      example: "amqps://fedora:@rabbitmq.fedoraproject.org",
    }),
    exchange: line.meta({ description: "Exchange that the queue is bound to.", example: "amq.topic" }),
    app: line.meta({
      description: "Name by which the broker's operators know the client.",
      example: "Packit",
    }),
    queue: z
      .strictObject({
        durable: z.boolean().meta({ description: "Keep the queue when the broker restarts." }),
        autoDelete: z.boolean().meta({ description: "Delete the queue when nobody listens." }),
        exclusive: z.boolean().meta({ description: "Tie the queue to one connection." }),
      })
      .meta({
        description: "The queue. Another flag needs another queue: the broker refuses to change one.",
      }),
    routingKeys: z
      .array(
        z
          .string()
          .regex(/^(?:#|\*|[\w-]+)(?:\.(?:#|\*|[\w-]+))*$/)
          .meta({
            allowed: "a topic, words joined by dots; * is one word, # any number",
            example: "org.fedoraproject.prod.copr.build.end",
          }),
      )
      .meta({ description: "Topics that the queue receives." }),
    livenessTimeoutMinutes: count(1, 10080).meta({
      description: "Minutes without a message after which the listener is restarted.",
    }),
  })
  .meta({ description: "Fedora's message bus (`fedora.toml`)." });

/** CentOS Stream's message bus. */
export const centosMessages = z
  .strictObject({
    host: host.meta({
      description: "The broker, which listens on port 8883.",
      example: "mqtt.git.centos.org",
    }),
    topic: z
      .string()
      .regex(/^(?:[^#+/\s]+|\+)(?:\/(?:[^#+/\s]+|\+))*(?:\/#)?$/)
      .meta({
        description: "The topic to listen to.",
        allowed: "an MQTT topic: words joined by slashes; + is one word, # at the end any number",
        example: "git.centos.org/#",
      }),
    subtopics: z.array(line.meta({ example: "pull-request" })).meta({
      description: "First words of the topics' second level; the others are left out. None: all are taken.",
    }),
    logLevel: z
      .enum(["DEBUG", "INFO", "WARNING", "ERROR"])
      .meta({ description: "Least grave messages in the log." }),
    queueNamePrefix: line
      .exactOptional()
      .meta({ description: "What the names of the workers' queues begin with." }),
  })
  .meta({ description: "CentOS Stream's messages (MQTT)." });

/** Celery, which runs the tasks. */
export const celery = z
  .strictObject({
    app: z
      .string()
      .regex(/^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*$/)
      .meta({
        description: "Module with the tasks.",
        allowed: "a Python module, small letters, digits and underscores, joined by dots",
        example: "packit_service.worker.tasks",
      }),
    retryLimit: count(0, 20).meta({ description: "How often a failed task is tried again." }),
    retryBackoff: count(0, 600).meta({ description: "Seconds before the first retry; doubled each time." }),
  })
  .meta({ description: "Celery, which runs the tasks." });

/** Dist-git. */
export const distgit = z
  .strictObject({
    url: url.meta({ description: "Address of dist-git.", example: "https://src.fedoraproject.org/" }),
    namespace: line.meta({ description: "Namespace of packages in it.", example: "rpms" }),
    sourcegitNamespace: line
      .exactOptional()
      .meta({ description: "Namespace of source-git repositories.", example: "fedora/src" }),
  })
  .meta({ description: "Dist-git." });

/** The git forges; their tokens are secrets. */
export const forges = z
  .array(
    z.strictObject({
      name: line.meta({ description: "Host name of the forge.", example: "gitlab.com" }),
      instanceUrl: url.meta({ description: "Address of the forge.", example: "https://gitlab.com" }),
      type: z
        .enum(["github", "gitlab", "pagure", "forgejo"])
        .exactOptional()
        .meta({ description: "Kind of forge, where its name does not tell." }),
      githubApp: z.boolean().exactOptional().meta({
        description: "Authenticate as the GitHub App whose number and key are in the secret githubApp.",
      }),
    }),
  )
  .meta({ description: "Git forges that the instance works with; their tokens are secrets." });

/** A pushgateway outside the stack. */
export const pushgatewayAddress = url.exactOptional().meta({
  description: "A pushgateway outside the stack that workers push to, where the stack has none of its own.",
  example: "http://pushgateway.monitoring.svc",
});

/** A Secret with a certificate for the hosts of test instances. */
export const wildcardCertificate = z
  .strictObject({
    namespace: objectName.meta({ description: "Namespace of the Secret." }),
    secret: objectName.meta({ description: "Name of the Secret, of type kubernetes.io/tls." }),
  })
  .exactOptional()
  .meta({
    description:
      "Secret with a public certificate for the hosts of test instances, since forges refuse webhooks to self-signed ones. Without: self-signed.",
  });
