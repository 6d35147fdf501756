import { cpus } from "node:os";

/** Seconds that this machine's processors have worked since it started, together and for whatever process. */
export function workedSeconds(): number {
  const milliseconds = cpus().map(({ times: { user, nice, sys, irq } }) => user + nice + sys + irq);
  return milliseconds.reduce((total, value) => total + value, 0) / 1000;
}
