/** Milliseconds of the units that durations know. */
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Minutes, hours or days. */
const DURATION = /^([1-9][0-9]{0,4})([mhd])$/;

/** Says that something has no end. */
export const NEVER = "never";

/** Milliseconds of a duration such as `90m`, `48h` or `7d`; undefined when it is none. */
export function millisecondsOf(duration: string): number | undefined {
  const [, amount, unit = ""] = DURATION.exec(duration) ?? [];
  return amount === undefined ? undefined : Number(amount) * (UNITS[unit] ?? 0);
}

/**
 * The time that lies a duration after another, as RFC 3339 has it; undefined when it lasts for ever.
 *
 * @param from - In milliseconds since 1970.
 * @throws RangeError when it is neither a duration nor `never`.
 */
export function endOf(from: number, duration: string): string | undefined {
  if (duration === NEVER) return undefined;
  const length = millisecondsOf(duration);
  if (length === undefined) throw new RangeError(`${duration} is no duration`);
  return new Date(from + length).toISOString();
}
