import { sshDirective } from "../../config/ssh-directive";

/** How to log in to one host. */
export interface SshHost {
  readonly host: string;
  readonly user: string;
  /** Path of the only key to be tried. */
  readonly identityFile: string;
}

/**
 * The file `ssh_config`.
 *
 * @throws Error for a value that ssh would read as something else.
 */
export function sshConfig(hosts: readonly SshHost[]): string {
  const blocks = hosts.map(({ host, user, identityFile }) => [
    sshDirective("Host", host),
    sshDirective("  User", user),
    sshDirective("  IdentityFile", identityFile),
    sshDirective("  IdentitiesOnly", "yes"),
  ]);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/**
 * Hosts that an instance pushes to.
 *
 * @param fasUser - Fedora account, for dist-git.
 * @param identityFile - Path of the key.
 */
export function packitHosts(fasUser: string, identityFile: string): SshHost[] {
  return [distGitHost(fasUser, identityFile), { host: "gitlab.com", user: "git", identityFile }];
}

/**
 * Fedora's dist-git.
 *
 * @param fasUser - Fedora account.
 * @param identityFile - Path of the key.
 */
export function distGitHost(fasUser: string, identityFile: string): SshHost {
  return { host: "pkgs.fedoraproject.org", user: fasUser, identityFile };
}
