import type { SeenObject } from "./objects";
import type { Selector } from "./selector";

/** How many pods may be away at once. */
export interface Budget {
  readonly selector?: Selector;
  readonly maxUnavailable?: number | string;
  readonly minAvailable?: number | string;
  readonly unhealthyPodEvictionPolicy?: string;
}

export function budgetOf({ spec }: SeenObject): Budget {
  return spec;
}
