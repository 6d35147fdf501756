export { ClusterError } from "./error";
export { clusterPaths } from "./paths";
export { type RunningCluster, startCluster, type StartOptions } from "./start";
export { type ClusterStatus, clusterStatus, type ProgramStatus } from "./status";
export { stopCluster } from "./stop";
