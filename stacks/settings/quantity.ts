/** Bytes of each suffix that Kubernetes knows for memory and storage. */
const MEMORY_UNITS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** An amount of memory or storage in bytes, for example of `512Mi`; undefined when it is none. */
export function bytesOf(quantity: string): number | undefined {
  const [, amount, suffix = ""] = /^([0-9]+(?:\.[0-9]+)?)([kMGT]|[KMGT]i)?$/.exec(quantity) ?? [];
  const unit = MEMORY_UNITS[suffix];
  if (amount === undefined || unit === undefined) return undefined;
  const bytes = Number(amount) * unit;
  return bytes >= 1 ? Math.floor(bytes) : undefined;
}

/** An amount of processor time in thousandths of a processor, for example 200 of `200m`; undefined when it is none. */
export function millicpusOf(quantity: string): number | undefined {
  const [, amount, suffix] = /^([0-9]+(?:\.[0-9]{1,3})?)(m)?$/.exec(quantity) ?? [];
  if (amount === undefined || (suffix === "m" && amount.includes("."))) return undefined;
  const millicpus = Math.round(Number(amount) * (suffix === "m" ? 1 : 1000));
  return millicpus >= 1 ? millicpus : undefined;
}
