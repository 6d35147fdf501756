const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A digest as far as people compare it. */
export function short(digest: string): string {
  return digest.slice(0, "sha256:".length + 12);
}

/** How long ago something was, roughly. */
export function age(since: Date, now: Date): string {
  const passed = Math.max(now.getTime() - since.getTime(), 0);
  if (passed < 2 * HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} min`;
  if (passed < 2 * DAY_MS) return `${Math.floor(passed / HOUR_MS)} hours`;
  return `${Math.floor(passed / DAY_MS)} days`;
}

/** Rows in columns that are as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, column) => Math.max(cell.length, most[column] ?? 0)),
    [],
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}
