import type { Cases } from "./case";
import { claimCases } from "./claims";
import { keptCases } from "./kept";
import { openCases } from "./open";
import { tenancyCases } from "./tenancy";
import { workloadCases } from "./workload";

/** Every unsafe change and its safe twin, by the unsafe change's id. */
export const CASES: Cases = {
  ...claimCases,
  ...keptCases,
  ...workloadCases,
  ...openCases,
  ...tenancyCases,
};
