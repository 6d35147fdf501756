import type { Case } from "../cases";
import { availabilityCases } from "./availability";
import { awsCases } from "./aws";
import { hygieneCases } from "./hygiene";
import { identityCases } from "./identity";
import { imagesCases } from "./images";
import { jobsCases } from "./jobs";
import { networkCases } from "./network";
import { podSecurityCases } from "./pod-security";
import { probesCases } from "./probes";
import { resourcesCases } from "./resources";
import { secretsCases } from "./secrets";
import { stateCases } from "./state";
import { tenancyCases } from "./tenancy";

/** The cases of all areas. */
export const CASES: Readonly<Record<string, readonly Case[]>> = {
  images: imagesCases,
  resources: resourcesCases,
  probes: probesCases,
  "pod-security": podSecurityCases,
  identity: identityCases,
  secrets: secretsCases,
  network: networkCases,
  availability: availabilityCases,
  jobs: jobsCases,
  hygiene: hygieneCases,
  tenancy: tenancyCases,
  state: stateCases,
  aws: awsCases,
};
