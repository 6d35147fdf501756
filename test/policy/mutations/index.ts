import { availabilityMutations } from "./availability";
import { hygieneMutations } from "./hygiene";
import { jobsMutations } from "./jobs";
import type { Mutation } from "./mutation";
import { networkMutations } from "./network";
import { podMutations } from "./pods";
import { rightsMutations } from "./rights";
import { stateMutations } from "./state";
import { tenancyMutations } from "./tenancy";

export { awsMutations } from "./aws";

/** Ways to break Packit's production. */
export const MUTATIONS: readonly Mutation[] = [
  ...podMutations,
  ...rightsMutations,
  ...networkMutations,
  ...availabilityMutations,
  ...jobsMutations,
  ...hygieneMutations,
  ...tenancyMutations,
  ...stateMutations,
];
