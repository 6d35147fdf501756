import type { Files } from "../platform/files";
import type { FilesMount } from "../platform/mounts";
import { SSH_FOLDER } from "./paths";

/** Files for SSH, which the start script of the workers' image installs, whatever it starts. */
export interface SshFiles {
  /** Files `id_ed25519` and `id_ed25519.pub`, and `config` where that is not apart. */
  readonly ssh: Files;
  /** File `config`. @default it is among those of `ssh` */
  readonly sshConfig?: Files | undefined;
}

/** Where that script finds them, side by side. */
export function sshMount({ ssh, sshConfig }: SshFiles): FilesMount {
  return {
    path: SSH_FOLDER,
    files: [{ from: ssh }, ...(sshConfig === undefined ? [] : [{ from: sshConfig }])],
  };
}
