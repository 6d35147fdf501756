import { quantity } from "../../components/platform/quantity";
import { at } from "./values";

/** The number behind a quantity such as `8Gi`; undefined when there is none, or it is not known yet. */
export function amountAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  if (typeof found === "number") return found;
  if (typeof found !== "string") return undefined;
  try {
    return quantity(found);
  } catch {
    return undefined;
  }
}
