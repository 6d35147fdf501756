import { join } from "node:path";

/** Where one control plane keeps its files. Everything lies below `dir`, which nobody else may read. */
export interface ClusterPaths {
  readonly dir: string;
  /** What is running: ports, processes. */
  readonly record: string;
  readonly lock: string;
  /** For users and for the control plane's own programs; holds the token. */
  readonly kubeconfig: string;
  /** The data store's files, kept across a stop and a start. */
  readonly data: string;
  /** Sockets, keys, token and generated configuration: the folder the processes run in. */
  readonly run: string;
  readonly logs: string;
}

/** The files of the control plane that lives in `dir`. */
export function clusterPaths(dir: string): ClusterPaths {
  return {
    dir,
    record: join(dir, "cluster.json"),
    lock: join(dir, "lock"),
    kubeconfig: join(dir, "kubeconfig"),
    data: join(dir, "data"),
    run: join(dir, "run"),
    logs: join(dir, "logs"),
  };
}
