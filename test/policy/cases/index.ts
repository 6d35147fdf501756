import type { Case } from "../cases";
import { availabilityCases } from "./availability";
import { awsCases } from "./aws";
import { hygieneCases } from "./hygiene";
import { jobsCases } from "./jobs";
import { networkCases } from "./network";
import { resourcesCases } from "./resources";
import { stateCases } from "./state";
import { tenancyCases } from "./tenancy";

/** The cases of all areas. */
export const CASES: Readonly<Record<string, readonly Case[]>> = {
  resources: resourcesCases,
  network: networkCases,
  availability: availabilityCases,
  jobs: jobsCases,
  hygiene: hygieneCases,
  tenancy: tenancyCases,
  state: stateCases,
  aws: awsCases,
};
