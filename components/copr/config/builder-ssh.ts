import { sshDirective } from "../../config/ssh-directive";
import { absolutePath } from "./checks";

/** How to log in to builders. */
export interface BuilderSsh {
  /** Path of the key. */
  readonly identityFile: string;
  /** @default whom the command names */
  readonly user?: string;
  /** Writable folder for sockets, by which commands share a connection (C27). @default each has its own */
  readonly controlFolder?: string;
}

/** Longest path of a socket, less what ssh itself puts behind it while it makes one. */
const MAX_CONTROL_FOLDER = 108 - "/".length - 40 - 18;

/**
 * The SSH client's configuration for builders. Their host keys are new with each machine, so they are not checked.
 * Every path is absolute, as ssh takes `~` from the passwd entry and not from HOME.
 *
 * @throws Error for what ssh would read as something else.
 */
export function builderSshConfig(config: BuilderSsh): string {
  const { user, controlFolder } = config;
  return `${[
    "Host *",
    ...(user === undefined ? [] : [sshDirective("  User", user)]),
    sshDirective("  IdentityFile", absolutePath("the path of the builders' key", config.identityFile)),
    "  IdentitiesOnly yes",
    "  BatchMode yes",
    "  StrictHostKeyChecking no",
    "  UserKnownHostsFile /dev/null",
    "  LogLevel ERROR",
    "  ConnectTimeout 60",
    "  ServerAliveInterval 20",
    "  ServerAliveCountMax 5",
    ...(controlFolder === undefined ? [] : control(controlFolder)),
  ].join("\n")}\n`;
}

function control(folder: string): string[] {
  const path = absolutePath("the folder of ssh's sockets", folder);
  if (path.length > MAX_CONTROL_FOLDER) {
    throw new Error(
      `the folder of ssh's sockets has more than ${MAX_CONTROL_FOLDER} characters: take a shorter one`,
    );
  }
  return ["  ControlMaster auto", `  ControlPath ${path}/%C`, "  ControlPersist 60"];
}
