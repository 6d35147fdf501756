import type * as k8s from "@pulumi/kubernetes";

import { LONG_RUNNING, podSpecOf, type Written } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A pod leaves its Service before it is restarted. */
export const patience: ResourceRule = {
  id: "probes/patience",
  title: "Liveness is more patient than readiness",
  why: "a pod that is only busy is killed in place of being left alone, and its work falls to the others",
  fix: "ask something lighter, or raise the liveness probe's failureThreshold",
  severity: "medium",
  kinds: LONG_RUNNING,
  covers: ["probes/different"],
  counterparts: { kubeScore: ["pod-probes-identical"], kyverno: ["validate-probes"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const { name = "", readinessProbe, livenessProbe } of podSpecOf(resource)?.containers ?? []) {
      if (readinessProbe === undefined || livenessProbe === undefined) continue;
      if (
        question(readinessProbe) === question(livenessProbe) &&
        secondsOf(livenessProbe) <= secondsOf(readinessProbe)
      )
        yield `container ${name} is restarted by the probe that makes it unready, and no later`;
    }
  },
};

type Probe = Written<k8s.types.output.core.v1.Probe>;

/** What a probe asks. */
function question({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  return JSON.stringify([exec, httpGet, tcpSocket, grpc]);
}

/** Seconds from the first failure to the consequence, by Kubernetes' defaults where the probe is silent. */
function secondsOf({ failureThreshold = 3, periodSeconds = 10 }: Probe): number {
  return failureThreshold * periodSeconds;
}
