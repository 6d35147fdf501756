import { messageOf } from "../../report";
import type { Control } from "../leases/api";

/** An instance whose logs were read. */
export interface Found {
  readonly name: string;
  readonly control: Pick<Control, "amend">;
  /** When they tell of its last use, in milliseconds since 1970; absent: of none. */
  readonly usedAt?: number;
}

/**
 * Writes into the records when instances were last used, for `status` and for whoever looks next.
 *
 * @returns what could not be written, a line each.
 */
export async function noteUse(found: readonly Found[]): Promise<readonly string[]> {
  const problems = found.map(async ({ name, control, usedAt }) => {
    if (usedAt === undefined) return [];
    try {
      await control.amend(name, (record) =>
        Date.parse(record.usedAt) >= usedAt ? record : { ...record, usedAt: new Date(usedAt).toISOString() },
      );
      return [];
    } catch (error) {
      return [`${name}: its last use cannot be written down: ${messageOf(error)}`];
    }
  });
  return (await Promise.all(problems)).flat();
}
