import type { Labels } from "../../policy/cluster/selector";

/** Of what has none. */
export const NO_LABELS: Labels = {};
