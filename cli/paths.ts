import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The files and folders of a checkout. Everything under `.local/` is made by commands and ignored by git. */
export interface ProjectPaths {
  readonly root: string;
  readonly local: string;
  readonly cluster: string;
  readonly kubeconfig: string;
  readonly state: string;
  readonly passphrase: string;
  /** Where the shared state is, once somebody has logged in. */
  readonly login: string;
  /** Settings of tracked environments that run on the local control plane. */
  readonly stacks: string;
  /** One file for each running command, to clean up after it when it was killed. */
  readonly runs: string;
}

/** @throws Error when no folder from `start` upwards holds a `Pulumi.yaml`. */
export function projectPaths(start: string = process.cwd()): ProjectPaths {
  let root = start;
  while (!existsSync(join(root, "Pulumi.yaml"))) {
    const parent = dirname(root);
    if (parent === root) throw new Error(`no Pulumi.yaml in ${start} or above: run this inside the checkout`);
    root = parent;
  }
  const local = join(root, ".local");
  return {
    root,
    local,
    cluster: join(local, "cluster"),
    kubeconfig: join(local, "cluster", "kubeconfig"),
    state: join(local, "state"),
    passphrase: join(local, "passphrase"),
    login: join(local, "login.json"),
    stacks: join(local, "stacks"),
    runs: join(local, "runs"),
  };
}
