import * as pulumi from "@pulumi/pulumi";

import type { Probes, Resources } from "../platform/container";
import type { Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Site } from "../platform/site";
import { Workload } from "../platform/workload";
import { applicationEnv, type Application } from "./application";
import { MOUNTED_CERTIFICATE_FOLDER } from "./config/fedora-messaging";
import { queueEnv, sentryEnv, type Queue, type Sentry } from "./connections";
import { CONFIG_FOLDER } from "./paths";

/** Touched with each message; the check passes while it does not exist. */
const LIVENESS_FILE = "/tmp/liveness";

export interface FedmsgArgs {
  readonly site: Site;
  readonly image: ContainerImage;
  readonly application: Application;
  readonly queue: Queue;
  /** @default errors are not reported */
  readonly sentry?: Sentry | undefined;
  /** File `fedora.toml`. */
  readonly config: Files;
  /** Files `cacert.pem`, `fedora-key.pem` and `fedora-cert.pem`. @default those of the image */
  readonly certificate?: Files | undefined;
  /** Port of the message bus. */
  readonly busPort: number;
  /** Minutes without a message after which the listener is restarted; a quiet instance needs many. */
  readonly livenessTimeoutMinutes: number;
  readonly resources: Resources;
}

/** Listens to Fedora's message bus and hands its messages to the workers. */
export class Fedmsg extends pulumi.ComponentResource {
  /** @param name - Name of all objects, `packit-service-fedmsg`. */
  constructor(name: string, args: FedmsgArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:service:Fedmsg", name, {}, opts);
    const { certificate } = args;
    new Workload(
      name,
      {
        site: args.site,
        image: args.image,
        resources: args.resources,
        command: ["/usr/bin/bash", "-c", start()],
        env: {
          FEDORA_MESSAGING_CONF: `${CONFIG_FOLDER}/fedora.toml`,
          LIVENESS_TIMEOUT: String(args.livenessTimeoutMinutes),
          ...applicationEnv(args.application),
          ...queueEnv(args.queue),
          ...sentryEnv(args.sentry),
        },
        probes: probes(args.busPort),
        mounts: [
          { path: CONFIG_FOLDER, files: [{ from: args.config }] },
          ...(certificate === undefined
            ? []
            : [{ path: MOUNTED_CERTIFICATE_FOLDER, files: [{ from: certificate }] }]),
          { scratch: "tmp", path: "/tmp", sizeLimit: "16Mi" },
        ],
        // One listener at a time, so that no message is handled twice. The queue keeps what comes meanwhile (D29).
        rollout: "recreate",
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/**
 * The image's own command. A restarted container finds its /tmp as it was, so the old sign of life has to go first,
 * or the next check would end it again before a message can come.
 */
function start(): string {
  return `rm --force ${LIVENESS_FILE}; exec fedora-messaging consume --callback=packit_service_fedmsg.consumer:Consumerino`;
}

function probes(busPort: number): Probes {
  return {
    readiness: { exec: { command: connectionProbe(busPort) }, periodSeconds: 10, timeoutSeconds: 5 },
    liveness: {
      exec: { command: ["liveness.sh"] },
      initialDelaySeconds: 300,
      periodSeconds: 60,
      timeoutSeconds: 10,
    },
  };
}

/** Holds while one of the pod's connections to a remote port is established, as the kernel's tables show it. */
export function connectionProbe(port: number): string[] {
  const remote = port.toString(16).toUpperCase().padStart(4, "0");
  const established = "01";
  return ["grep", "--quiet", `:${remote} ${established} `, "/proc/net/tcp", "/proc/net/tcp6"];
}
