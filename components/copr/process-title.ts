import type { Probes } from "../platform/container";

/**
 * Probes of a program that listens to nobody. It gives itself a title, which no command line has that started it, so
 * that the probe does not take tini for it (B5).
 *
 * @param title - What its title begins with, for example `Build dispatcher`.
 */
export function titleProbes(title: string): Probes {
  const runs = { exec: { command: ["pgrep", "--full", `^${title}`] }, timeoutSeconds: 5 };
  return {
    startup: { ...runs, periodSeconds: 5, failureThreshold: 24 },
    readiness: { ...runs, periodSeconds: 15 },
    liveness: { ...runs, periodSeconds: 30, failureThreshold: 3 },
  };
}
