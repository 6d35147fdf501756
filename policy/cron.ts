/** The five fields: what a number may be, and the names that stand for numbers. */
const FIELDS: readonly { readonly from: number; readonly to: number; readonly names?: readonly string[] }[] =
  [
    { from: 0, to: 59 },
    { from: 0, to: 23 },
    { from: 1, to: 31 },
    { from: 1, to: 12, names: "jan feb mar apr may jun jul aug sep oct nov dec".split(" ") },
    { from: 0, to: 7, names: "sun mon tue wed thu fri sat".split(" ") },
  ];

const SHORT = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

/** What is wrong with a CronJob's schedule; undefined when the controller understands it. */
export function scheduleProblem(schedule: string): string | undefined {
  if (/^(?:CRON_)?TZ=/.test(schedule)) return "names a time zone, which is a field of its own";
  if (SHORT.test(schedule)) return undefined;
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) return `has ${fields.length} fields instead of ${FIELDS.length}`;
  const wrong = fields.find((field, index) => !field.split(",").every((part) => isPart(part, FIELDS[index])));
  return wrong === undefined ? undefined : `cannot have ${wrong} where it stands`;
}

function isPart(part: string, field: (typeof FIELDS)[number] | undefined): boolean {
  const match = /^(\*|\?|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/([1-9]\d*))?$/i.exec(part);
  if (match === null || field === undefined) return false;
  const [, range = ""] = match;
  if (range === "*" || range === "?") return true;
  const bounds = range.split("-").map((bound) => numberOf(bound, field));
  const [low = Number.NaN, high = low] = bounds;
  return low >= field.from && high <= field.to && low <= high;
}

function numberOf(bound: string, { from, names = [] }: (typeof FIELDS)[number]): number {
  const index = names.indexOf(bound.toLowerCase());
  return index < 0 ? (/^\d+$/.test(bound) ? Number(bound) : Number.NaN) : index + from;
}
