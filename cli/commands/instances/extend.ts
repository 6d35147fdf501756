import { endOf, millisecondsOf, NEVER } from "../../../stacks/settings/duration";
import { settingsFor } from "../../instances/settings";
import { findInstance, recordOf } from "../../instances/find";
import { timeText } from "../../instances/leases/time-text";
import { ofRecord } from "../../instances/view";
import type { ProjectPaths } from "../../paths";

export interface ExtendOptions {
  readonly ttl?: string;
  readonly reason?: string;
  readonly json: boolean;
}

/**
 * Lets an instance live for a while from now on, whoever works on it. A shorter time than is left shortens its life.
 *
 * @returns the exit code.
 */
export async function extend(paths: ProjectPaths, name: string, options: ExtendOptions): Promise<number> {
  const { reason, json } = options;
  const found = await findInstance(paths, name);
  const { keep } = recordOf(found);
  const ttl = options.ttl ?? settingsFor(paths, name)?.ttl ?? "48h";
  checkTime(ttl, reason ?? keep);
  const { now } = await found.control.known();
  const record = await found.control.amend(name, (before) => {
    const expiresAt = endOf(now, ttl);
    const why = reason ?? keep;
    return {
      ...without(before, "expiresAt", "keep"),
      usedAt: new Date(now).toISOString(),
      ...(expiresAt !== undefined && { expiresAt }),
      ...(expiresAt === undefined && why !== undefined && { keep: why }),
    };
  });
  if (record === undefined) throw new Error(`${name} is gone meanwhile`);
  if (json) console.log(JSON.stringify(ofRecord(record), null, 2));
  else
    console.log(
      `${name} ${record.expiresAt === undefined ? `stays: ${record.keep ?? ""}` : `expires at ${timeText(Date.parse(record.expiresAt))}`}`,
    );
  return 0;
}

function checkTime(ttl: string, reason: string | undefined): void {
  if (ttl === NEVER) {
    if (reason === undefined)
      throw new Error('--ttl never needs a reason: --reason "demonstration at the conference"');
  } else if (millisecondsOf(ttl) === undefined)
    throw new Error(`--ttl ${JSON.stringify(ttl)} is no time: write 90m, 3h, 7d, or never with --reason`);
}

/** The same without some of its fields. */
function without<T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Omit<T, K> {
  const rest = Object.entries(value).filter(([key]) => !keys.some((one) => one === key));
  return Object.fromEntries(rest) as Omit<T, K>;
}
