import { stringify } from "yaml";

import { inMebibytes, quantity } from "../../platform/quantity";
import { absolutePath } from "./checks";
import { DIST_GIT_CLIENT_FOLDER, RPMBUILD_CONFIG } from "./builder";

/** What makes a builder of a machine. */
export interface BuilderPlaybook {
  /** Folder with the files below. */
  readonly folder: string;
  /** User of the machine's image whom the first log-in is for. @default fedora */
  readonly user?: string;
  /** Whether the machine has a volume for swap. */
  readonly swap: boolean;
  /** Memory and swap that build roots may fill, for example `24Gi`. @default they are on the root volume */
  readonly mockTmpfs?: string | undefined;
}

/** Names of the files that the playbook brings to a builder. */
export const BUILDER_FILES = {
  rpmbuild: "main.ini",
  distGitClient: "copr-dist-git.ini",
  authorizedKeys: "authorized_keys",
} as const;

/** Users of a builder who are logged in to: that of builds, and that of checks. */
const USERS = ["mockbuilder", "root"];

/** Makes swap of every disk on which nothing is. On machines of today the volume has another name than it was given. */
const SWAP_ON = `set -eu
for disk in $(lsblk --nodeps --noheadings --paths --output NAME,TYPE | awk '$2 == "disk" { print $1 }'); do
  test "$(lsblk --noheadings --output NAME "$disk" | wc -l)" -eq 1 || continue
  test -z "$(lsblk --nodeps --noheadings --output FSTYPE,MOUNTPOINT "$disk" | tr -d '[:space:]')" || continue
  mkswap "$disk"
  swapon "$disk"
done
`;

/** A task that brings a file. */
type Copy = (file: string, dest: string, more?: Record<string, string>) => Record<string, unknown>;

/**
 * The playbook for a pool's machines. What it brings are files, which are copied as they are: a template in a
 * playbook's own text would be expanded by the wrong side (C9).
 */
export function builderPlaybook(playbook: BuilderPlaybook): string {
  const folder = absolutePath("the folder of builders' files", playbook.folder);
  const copy: Copy = (file, dest, more = {}) => ({
    "ansible.builtin.copy": { src: `${folder}/${file}`, dest, mode: "0644", ...more },
  });
  const { mockTmpfs } = playbook;
  return stringify(
    [
      {
        hosts: "all",
        remote_user: playbook.user ?? "fedora",
        become: true,
        gather_facts: false,
        tasks: [
          {
            name: "Name the machine after the builder",
            "ansible.builtin.command": "hostnamectl set-hostname {{ name | replace('_', '-') }}",
            vars: { name: "{{ lookup('ansible.builtin.env', 'RESALLOC_NAME') }}" },
          },
          {
            name: "Take no packages that are still tested",
            "ansible.builtin.file": { path: "/etc/yum.repos.d/fedora-updates-testing.repo", state: "absent" },
          },
          {
            name: "Let builds use all memory there is",
            // Images without it have nothing to stop.
            "ansible.builtin.command": "systemctl disable --now systemd-oomd.service",
            failed_when: false,
          },
          ...(playbook.swap
            ? [{ name: "Use the empty volume for swap", "ansible.builtin.shell": SWAP_ON }]
            : []),
          {
            name: "Install the newest builder",
            "ansible.builtin.command": "dnf --assumeyes --refresh install copr-builder",
          },
          { name: "Update what builds need", "ansible.builtin.command": "/usr/bin/copr-update-builder" },
          { name: "Say where this Copr is", ...copy(BUILDER_FILES.rpmbuild, RPMBUILD_CONFIG) },
          {
            name: "Make the folder of dist-gits",
            "ansible.builtin.file": { path: DIST_GIT_CLIENT_FOLDER, state: "directory", mode: "0755" },
          },
          {
            name: "Say where sources are",
            ...copy(BUILDER_FILES.distGitClient, `${DIST_GIT_CLIENT_FOLDER}/${BUILDER_FILES.distGitClient}`),
          },
          ...USERS.flatMap(letIn(copy)),
          ...(mockTmpfs === undefined ? [] : [keepInMemory(mockTmpfs)]),
        ],
      },
    ],
    { version: "1.1", lineWidth: 0 },
  );
}

/** Lets the stack's key in. It replaces what cloud-init wrote, which turns root away. */
function letIn(copy: Copy) {
  return (owner: string): Record<string, unknown>[] => [
    {
      name: `Make the folder of ${owner}'s keys`,
      "ansible.builtin.file": { path: `~${owner}/.ssh`, state: "directory", mode: "0700", owner },
    },
    {
      name: `Let ${owner} in`,
      ...copy(BUILDER_FILES.authorizedKeys, `~${owner}/.ssh/authorized_keys`, { mode: "0600", owner }),
    },
  ];
}

function keepInMemory(size: string): Record<string, unknown> {
  const mebibytes = inMebibytes(quantity(size)).replace(/Mi$/, "m");
  return {
    name: "Keep build roots in memory",
    "ansible.builtin.command": `mount -t tmpfs -o size=${mebibytes},mode=2775 tmpfs /var/cache/mock`,
  };
}
