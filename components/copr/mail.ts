import * as pulumi from "@pulumi/pulumi";

import type { Reach } from "../platform/access";
import type { ContainerArgs, Resources } from "../platform/container";
import { ConfigFiles, type Files } from "../platform/files";
import type { ContainerImage } from "../platform/image";
import type { Mount } from "../platform/mounts";
import type { Site } from "../platform/site";

/** Name of the container that hands mail on. */
export const MAIL = "mail";

const FOLDER = "/mail";

/** Port of the pod to which Copr sends mail, whatever its settings say (C33). */
const SMTP_PORT = 25;

export interface MailRelayArgs {
  readonly site: Site;
  readonly host: string;
  readonly port: number;
  /** Secret with the keys `user` and `password`. @default the relay asks for none */
  readonly credentials?: Files;
  /** The program by file name, `main.py`. */
  readonly programs: Readonly<Record<string, string>>;
}

/** Python, some threads, and a message at a time. */
const SMALL: Resources = {
  requests: { cpu: "5m", memory: "32Mi" },
  limits: { cpu: "100m", memory: "96Mi" },
};

/**
 * Who takes mail. Copr speaks SMTP to its own pod alone, so pods that send mail have a program there that hands it on
 * and answers what the relay has answered (C33).
 */
export class MailRelay {
  /** What a pod that sends mail has to reach. */
  readonly reach: Reach;
  readonly #files: Files;
  readonly #address: string;
  readonly #env: NonNullable<ContainerArgs["env"]>;

  /** @param name - Name of the program's ConfigMap, `copr-mail`. */
  constructor(name: string, args: MailRelayArgs, opts: pulumi.CustomResourceOptions) {
    const { site, host, port, credentials } = args;
    this.#files = new ConfigFiles(name, { site, data: args.programs }, opts);
    this.#address = `${host}:${port}`;
    this.#env = credentials
      ? {
          MAIL_USER: { from: credentials, key: "user" },
          MAIL_PASSWORD: { from: credentials, key: "password" },
        }
      : {};
    this.reach = { port };
  }

  /** The container beside one that sends mail. Its pods need {@link PodTraits.lowPorts}. @param image - Has Python. */
  sidecar(image: ContainerImage, user: Mount): ContainerArgs {
    const listens = { exec: { command: ["/usr/bin/python3", "-B", "-c", GREETED] } };
    return {
      image,
      resources: SMALL,
      command: this.#command(),
      env: this.#env,
      probes: {
        readiness: { ...listens, periodSeconds: 30, timeoutSeconds: 5 },
        liveness: { ...listens, periodSeconds: 60, timeoutSeconds: 5 },
      },
      mounts: [user, this.#mount()],
    };
  }

  /** What a task's container has instead, whose pod ends with its command. */
  around(
    command: readonly string[],
  ): Pick<ContainerArgs, "command" | "env"> & { readonly mounts: readonly Mount[] } {
    return { command: [...this.#command(), "--", ...command], env: this.#env, mounts: [this.#mount()] };
  }

  #command(): string[] {
    return ["/usr/bin/python3", "-B", `${FOLDER}/main.py`, "--relay", this.#address];
  }

  #mount(): Mount {
    return { path: FOLDER, files: [{ from: this.#files }] };
  }
}

/** Whether the program says who it is. */
const GREETED = `import smtplib; smtplib.SMTP("127.0.0.1", ${SMTP_PORT}, timeout=4).quit()`;
