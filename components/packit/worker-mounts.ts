import type { Files } from "../platform/files";
import type { Mount } from "../platform/mounts";
import {
  CENTPKG_SIG_PATH,
  CONFIG_FOLDER,
  GITHUB_APP_FOLDER,
  HOME,
  REPOSITORY_CACHE_FOLDER,
  SECRETS_FOLDER,
  WORK_FOLDER,
} from "./paths";
import { sshMount, type SshFiles } from "./ssh-mount";

/** Files that a worker reads. */
export interface WorkerFiles extends SshFiles {
  /** File `packit-service.yaml`. */
  readonly config: Files;
  /** File `fedora.keytab`. @default no Kerberos */
  readonly keytab?: Files | undefined;
  /** File `copr`. @default no Copr */
  readonly copr?: Files | undefined;
  /** File `client.conf` of OpenScanHub's client. */
  readonly osh: Files;
  /** File `gitconfig`. */
  readonly gitconfig: Files;
  /** File `private-key.pem` of the GitHub App. @default the instance is no GitHub App */
  readonly githubApp?: Files | undefined;
  /** File `centpkg-sig.conf`. @default no SIG repositories */
  readonly centpkgSig?: Files | undefined;
}

/** Where a worker finds its files, and where it may write. */
export function workerMounts(files: WorkerFiles, cacheVolume: string | undefined): Mount[] {
  const { keytab, copr, githubApp, centpkgSig } = files;
  return [
    ...scratch(),
    sshMount(files),
    {
      path: CONFIG_FOLDER,
      files: [
        { from: files.config },
        ...(copr === undefined ? [] : [{ from: copr }]),
        { from: files.osh, items: { "client.conf": "osh/client.conf" } },
      ],
    },
    // For all users: the one in the image's home is hidden, and the home's own stays free for git to write.
    { path: "/etc/gitconfig", files: [{ from: files.gitconfig }], subPath: "gitconfig" },
    // Not every service has these three (D34).
    ...(keytab === undefined ? [] : [{ path: SECRETS_FOLDER, files: [{ from: keytab }] }]),
    ...(githubApp === undefined ? [] : [{ path: GITHUB_APP_FOLDER, files: [{ from: githubApp }] }]),
    ...(centpkgSig === undefined
      ? []
      : [{ path: CENTPKG_SIG_PATH, files: [{ from: centpkgSig }], subPath: "centpkg-sig.conf" }]),
    ...(cacheVolume === undefined ? [] : [{ volume: cacheVolume, path: REPOSITORY_CACHE_FOLDER }]),
  ];
}

function scratch(): Mount[] {
  return [
    // The start script puts the user's entry and SSH key here, tools their caches, rpmbuild its tree.
    { scratch: "home", path: HOME, sizeLimit: "4Gi" },
    { scratch: "tmp", path: "/tmp", sizeLimit: "10Gi" },
    { scratch: "work", path: WORK_FOLDER, sizeLimit: "20Gi" },
    // Where rpm unpacks and runs scripts.
    { scratch: "var-tmp", path: "/var/tmp", sizeLimit: "4Gi" },
  ];
}
