import type { Plain } from "../../frame/values";

const form = /^([+-]?(?:\d+\.?\d*|\.\d+))([EPTGMk]|[EPTGMK]i|[num]|[eE][+-]?\d+)?$/;

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Fields whose values are quantities: of resources, quotas, limit ranges and volumes. */
const holders = new Set([
  ...["allocatable", "capacity", "default", "defaultRequest", "hard", "limits", "max", "min", "requests"],
  ...["sizeLimit", "storage", "divisor"],
]);

/** Whether the fields in the map called `name`, or the field of that name, hold quantities such as `500m`. */
export function holdsQuantities(name: string | number | undefined): boolean {
  return typeof name === "string" && holders.has(name);
}

/** The number that a quantity such as `1.5Gi` stands for; undefined when it is none. */
export function parseQuantity(value: Plain | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const match = form.exec(value);
  if (match === null) return undefined;
  const [, digits = "", suffix = ""] = match;
  if (/^[eE][+-]?\d/.test(suffix)) return Number(digits + suffix);
  return Number(digits) * (factors[suffix] ?? 1);
}
