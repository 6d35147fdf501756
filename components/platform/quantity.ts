const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3,
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

/** Bytes of one mebibyte. */
export const MEBIBYTE = 2 ** 20;

/**
 * The number behind a Kubernetes quantity: bytes of `512Mi`, cores of `200m`.
 *
 * @throws Error when the text is not a quantity.
 */
export function quantity(text: string): number {
  const [, number, suffix = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text) ?? [];
  const factor = SUFFIXES[suffix];
  if (number === undefined || factor === undefined) {
    throw new Error(`${text} is not a quantity: write it like 512Mi, 4Gi, 200m or 2`);
  }
  return Number(number) * factor;
}

/** A number of bytes as a quantity in mebibytes, rounded up. */
export function inMebibytes(bytes: number): string {
  return `${Math.ceil(bytes / MEBIBYTE)}Mi`;
}
