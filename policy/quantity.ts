import { quantity } from "../components/platform/quantity";

/** The number behind a Kubernetes quantity; undefined when there is none, or the text is none. */
export function quantityOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  try {
    return quantity(text);
  } catch {
    return undefined;
  }
}
