import { quantity } from "../../components/platform/quantity";

/** An amount of memory or storage in bytes, for example of `512Mi`; undefined when it is none. */
export function bytesOf(text: string): number | undefined {
  if (!/^[0-9]+(?:\.[0-9]+)?(?:[kMGT]|[KMGT]i)?$/.test(text)) return undefined;
  const bytes = quantity(text);
  return bytes >= 1 ? Math.floor(bytes) : undefined;
}

/** An amount of processor time in thousandths of a processor, for example 200 of `200m`; undefined when it is none. */
export function millicpusOf(quantity: string): number | undefined {
  const [, amount, suffix] = /^([0-9]+(?:\.[0-9]{1,3})?)(m)?$/.exec(quantity) ?? [];
  if (amount === undefined || (suffix === "m" && amount.includes("."))) return undefined;
  const millicpus = Math.round(Number(amount) * (suffix === "m" ? 1 : 1000));
  return millicpus >= 1 ? millicpus : undefined;
}
