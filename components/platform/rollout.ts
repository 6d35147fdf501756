import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Seconds that a server has to end its open requests, Kubernetes' own default. */
export const DEFAULT_GRACE_SECONDS = 30;

/** Seconds in which a new pod becomes ready, the provider's own patience. */
const START_SECONDS = 600;

/**
 * How a new version takes over: `rolling` starts it before the old one ends, `recreate` after, for what must never
 * run twice. A StatefulSet always replaces one pod after the other.
 */
export type Rollout = "rolling" | "recreate";

/** New pods before the old ones go, for what serves users (D37); never two at once for the rest. */
export function strategy(rollout: Rollout = "recreate"): k8s.types.input.apps.v1.DeploymentStrategy {
  return rollout === "rolling"
    ? { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
    : { type: "Recreate" };
}

/**
 * Waits until old pods have finished their work (D13).
 *
 * @param turns - How many pods are replaced one after the other.
 */
export function rolloutTimeouts(turns: number, graceSeconds: number): pulumi.CustomTimeouts {
  const seconds = `${Math.max(turns, 1) * (graceSeconds + START_SECONDS)}s`;
  return { update: seconds, delete: seconds };
}
