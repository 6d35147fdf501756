import { sharedMemoryFits, versionsDiffer } from "../../rules/data";
import { clusterIsNamed } from "../../rules/site";
import { requestsWithinLimits } from "../../rules/workloads";
import {
  accountIsNamed,
  networkIsOfASize,
  networkIsWhole,
  sshIsTheClusters,
  stackTagIsFree,
  standInIsForTrials,
} from "./aws";
import {
  buildsFit,
  poolCountsFit,
  poolNamesDiffer,
  tagsAgree,
  typesFitArchitectures,
  watchAllowsPools,
} from "./builders";
import { coprProductionIsPinned } from "./images";
import type { CoprRule } from "./rule";
import {
  developersThingsAreDevelopers,
  keysAreEncrypted,
  limitsAreInOrder,
  noticesCanBeSent,
  somebodyCanLogIn,
} from "./services";
import { certificatesAreTrusted, coprHostsDiffer, coprPlaceIsFree, instanceIsTheStacks } from "./site";

/** All rules of Copr's settings, in the order in which their findings are told. */
export const COPR_RULES: readonly CoprRule[] = [
  clusterIsNamed,
  instanceIsTheStacks,
  coprPlaceIsFree,
  coprHostsDiffer,
  certificatesAreTrusted,
  developersThingsAreDevelopers,
  somebodyCanLogIn,
  noticesCanBeSent,
  limitsAreInOrder,
  requestsWithinLimits,
  coprProductionIsPinned,
  sharedMemoryFits,
  versionsDiffer,
  accountIsNamed,
  sshIsTheClusters,
  networkIsWhole,
  networkIsOfASize,
  stackTagIsFree,
  standInIsForTrials,
  poolNamesDiffer,
  poolCountsFit,
  tagsAgree,
  typesFitArchitectures,
  buildsFit,
  watchAllowsPools,
  keysAreEncrypted,
];
