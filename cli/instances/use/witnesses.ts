import { isRequest } from "./request-line";
import { isTask } from "./task-line";

/** Whether a line of a log, written at a time in milliseconds since 1970, tells of use. */
export type Judge = (line: string, time: number) => boolean;

/** Components whose logs tell whether anybody is there. Nobody reaches the others but through these. */
export const WITNESSES: Readonly<Record<string, Judge>> = {
  "packit-service": (line, time) =>
    isRequest(line, time, { monitored: ["/api/healthz", "/metrics"], warmsUp: true }),
  "packit-dashboard": (line, time) => isRequest(line, time, { monitored: [], probed: "/" }),
  nginx: (line, time) => isRequest(line, time, { monitored: ["/metrics", "/flower-metrics"] }),
  "packit-worker": isTask,
  "packit-worker-short-running": isTask,
  "packit-worker-long-running": isTask,
};
