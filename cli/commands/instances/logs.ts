import { setTimeout } from "node:timers/promises";

import { findInstance, recordOf } from "../../instances/find";
import { untilInterrupted } from "../../instances/interrupt";
import { type LogSource, logSources, LogReader } from "../../instances/logs";
import type { ProjectPaths } from "../../paths";

export interface LogsOptions {
  /** Last lines of each container. */
  readonly lines: string;
  /** Go on as new lines come. */
  readonly follow: boolean;
  /** Of the container that ran before this one. */
  readonly previous: boolean;
}

/** Milliseconds between two looks for new lines. */
const LOOK_MS = 2_000;

/**
 * Prints the logs of an instance's pods, of one component or of all. Each line says whose it is where there are
 * several.
 *
 * @returns the exit code.
 */
export async function logs(
  paths: ProjectPaths,
  name: string,
  component: string | undefined,
  options: LogsOptions,
): Promise<number> {
  const lines = Number(options.lines);
  if (!Number.isInteger(lines) || lines < 0 || lines > 100_000)
    throw new Error(`--lines ${JSON.stringify(options.lines)} is no number of lines up to 100000`);
  const found = await findInstance(paths, name);
  const { namespace, state } = recordOf(found);
  if (state === "asleep")
    throw new Error(`${name} sleeps, so that no pod of it has a log: packit-stacks wake ${name}`);
  const sources = await logSources(found.cluster, namespace, component);
  const reader = new LogReader(found.cluster, namespace, { lines, previous: options.previous });
  const show = async (source: LogSource): Promise<void> => {
    const prefix = sources.length > 1 ? `${source.pod}/${source.container}: ` : "";
    for (const line of await reader.next(source)) console.log(`${prefix}${line}`);
  };
  for (const source of sources) await show(source);
  if (options.follow) {
    await untilInterrupted(async (signal) => {
      for (;;) {
        await setTimeout(LOOK_MS, undefined, { signal });
        for (const source of sources) await show(source);
      }
    }).catch((error: unknown) => {
      if (!String(error).includes("interrupted by")) throw error;
    });
  }
  return 0;
}
