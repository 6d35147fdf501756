import type * as k8s from "@pulumi/kubernetes";

import type { Container, Written } from "../../policy/kubernetes";
import type { Texts } from "./model";

type Probe = Written<k8s.types.output.core.v1.Probe>;

/** What each of a container's probes does, and when. What a probing script says is tested where it is made. */
export function probeTexts({ readinessProbe, livenessProbe, startupProbe }: Container): Texts {
  const probes = { readiness: readinessProbe, liveness: livenessProbe, startup: startupProbe };
  return Object.fromEntries(
    Object.entries(probes).flatMap(([name, probe]) => (probe === undefined ? [] : [[name, text(probe)]])),
  );
}

function text(probe: Probe): string {
  const { initialDelaySeconds: delay, periodSeconds, timeoutSeconds, failureThreshold } = probe;
  return [
    handler(probe),
    ...(delay === undefined ? [] : [`after ${delay} s`]),
    // Kubernetes' own numbers where the probe gives none.
    `each ${periodSeconds ?? 10} s`,
    `within ${timeoutSeconds ?? 1} s`,
    `${failureThreshold ?? 3} times`,
  ].join(", ");
}

function handler({ exec, httpGet, tcpSocket }: Probe): string {
  if (exec !== undefined) return `exec ${program(exec.command ?? [])}`;
  if (httpGet !== undefined) {
    const { scheme = "HTTP", path = "/", port } = httpGet;
    return `${scheme} ${path} on ${String(port)}`;
  }
  return `TCP on ${String(tcpSocket?.port)}`;
}

/** A short command whole, of a long one the program. */
function program(command: readonly string[]): string {
  const whole = command.join(" ");
  return whole.length <= 50 ? whole : (command[0] ?? "");
}
