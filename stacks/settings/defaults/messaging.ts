import type { PackitStackName } from "../names";
import type { WrittenSettings } from "../schema/packit";

/** Topics that Packit acts on, by who sends them. Staging listens to production's too. */
const ROUTING_KEYS = [
  ...topics("copr", "build.start", "build.end"),
  ...topics("buildsys", "task.state.change", "build.state.change", "tag"),
  ...topics(
    "pagure",
    "pull-request.new",
    "pull-request.updated",
    "pull-request.rebased",
    "pull-request.comment.added",
    "git.receive",
  ),
  ...topics("hotness", "update.bug.file"),
  "org.release-monitoring.prod.anitya.project.version.update.v2",
  ...topics("openscanhub", "task.started", "task.finished"),
  ...topics("logdetective", "analysis"),
];

/** How a stack listens to Fedora's message bus when its file says nothing. */
export function messagingDefaults(stack: PackitStackName): WrittenSettings["messaging"] {
  return {
    amqpUrl: "amqps://fedora:@rabbitmq.fedoraproject.org/%2Fpublic_pubsub",
    exchange: "amq.topic",
    app: `Packit ${stack.name}`,
    queue: {
      durable: true,
      // Messages that come while the listener restarts must wait for it, so its queue stays and is not tied to one
      // connection (D29). The queue of a test instance would otherwise stay for ever when the instance goes.
      autoDelete: stack.kind === "test-instance",
      exclusive: false,
    },
    routingKeys: ROUTING_KEYS,
    // The listener's own default is 5 minutes, which a quiet instance exceeds.
    livenessTimeoutMinutes: stack.kind === "test-instance" ? 1440 : 5,
  };
}

/** How a stack listens to CentOS Stream's messages: whatever is not production to staging's. */
export function centosMessagesDefaults({ deployment }: PackitStackName): WrittenSettings["centosMessages"] {
  const isProduction = deployment === "prod";
  return {
    host: isProduction ? "mqtt.git.centos.org" : "mqtt.stg.centos.org",
    topic: isProduction ? "git.centos.org/#" : "git.stg.centos.org/#",
    subtopics: ["pull-request"],
    logLevel: "INFO",
  };
}

function topics(sender: string, ...names: readonly string[]): readonly string[] {
  return names.map((name) => `org.fedoraproject.prod.${sender}.${name}`);
}
