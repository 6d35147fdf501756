import * as k8s from "@pulumi/kubernetes";

import type { Probes } from "../platform/container";

type Probe = k8s.types.input.core.v1.Probe;

/** Port of the web servers in the pods. */
export const HTTPS_PORT = 8443;

/**
 * Time that a router goes on sending requests to a pod that is about to stop. Kept short of the web server's own
 * end, so that no webhook meets a closed port (D37).
 */
export const DRAIN: readonly string[] = ["/usr/bin/sleep", "5"];

/** Seconds between two tries of a startup probe. */
const STARTUP_PERIOD = 5;

/**
 * Probes of a web server that answers only to its public name, in TLS and in the request (D10). The kubelet's own
 * HTTPS check sends the pod's address, so curl inside the container asks in its place. A server that is alive but
 * refuses a request is not restarted for it.
 *
 * @param path - Answered without asking other components.
 * @param startupSeconds - Time until the server must listen.
 */
export function httpsProbes(host: string, path: string, startupSeconds: number): Probes {
  const listens: Probe = { tcpSocket: { port: HTTPS_PORT }, timeoutSeconds: 5 };
  return {
    readiness: { exec: { command: request(host, path) }, periodSeconds: 10, timeoutSeconds: 10 },
    liveness: { ...listens, periodSeconds: 10, failureThreshold: 6 },
    startup: {
      ...listens,
      periodSeconds: STARTUP_PERIOD,
      failureThreshold: Math.ceil(startupSeconds / STARTUP_PERIOD),
    },
  };
}

function request(host: string, path: string): string[] {
  return [
    "/usr/bin/curl",
    "--silent",
    "--show-error",
    "--fail",
    "--output",
    "/dev/null",
    "--max-time",
    "8",
    // The certificate covers the host, but a self-signed one of a test instance has no issuer to trust.
    "--insecure",
    "--connect-to",
    `${host}:443:127.0.0.1:${HTTPS_PORT}`,
    `https://${host}${path}`,
  ];
}
