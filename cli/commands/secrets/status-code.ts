import type { SecretRow } from "./report";

/** Exit codes of `secrets status`. */
export const STATUS_CODES = { fine: 0, lacking: 1, ending: 2 } as const;

/** What the rows come to. */
export function codeOf(rows: readonly SecretRow[], warnDays: number): number {
  if (rows.some(({ state }) => state === "missing" || state === "wrong")) return STATUS_CODES.lacking;
  return rows.some((row) => isEnding(row, warnDays)) ? STATUS_CODES.ending : STATUS_CODES.fine;
}

/** Whether a certificate or token that is in use ends soon. */
export function isEnding({ daysLeft, state }: SecretRow, warnDays: number): boolean {
  return daysLeft !== undefined && daysLeft < warnDays && state !== "unused";
}
