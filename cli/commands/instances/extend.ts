import { NEVER } from "../../../stacks/settings/duration";
import { lifeFindings } from "../../instances/deploy/life";
import { RequestError } from "../../instances/deploy/request";
import { settingsFor } from "../../instances/settings";
import { extended } from "../../instances/extended";
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
  const why = ttl === NEVER ? (reason ?? keep) : reason;
  const findings = lifeFindings({ ttl, ...(why !== undefined && { reason: why }) });
  if (findings.length > 0) throw new RequestError(findings);
  const { now } = await found.control.known();
  const extension = { now, ttl, ...(why !== undefined && { why }) };
  const record = await found.control.amend(name, (before) => extended(before, extension));
  if (record === undefined) throw new Error(`${name} is gone meanwhile`);
  if (json) console.log(JSON.stringify(ofRecord(record), null, 2));
  else
    console.log(
      `${name} ${record.expiresAt === undefined ? `stays: ${record.keep ?? ""}` : `expires at ${timeText(Date.parse(record.expiresAt))}`}`,
    );
  return 0;
}
