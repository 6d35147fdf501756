import { backendsAreDistinct } from "./dashboard";
import { kindsDiffer, sharedMemoryFits, versionsDiffer } from "./data";
import { followsWhatMoves, productionIsPinned } from "./images";
import { commandsAreItsOwn, forgesAreDistinct } from "./applications";
import {
  endlessHasReason,
  identityIsKnown,
  instancesRunHere,
  onlyInstancesExpire,
  pullsAreClear,
} from "./instance";
import { clonesAreDistinct } from "./repository-cache";
import { onlyInstancesAreTested } from "./revdep";
import type { Rule } from "./rule";
import { clusterIsNamed, instanceStaysInPlace, placeIsFree, placesDiffer, sandboxHasNamespace } from "./site";
import { namespacesAreTheTenants } from "./tenant";
import { everyQueueHasWorkers, listenerHasTopics, onePushgateway, requestsWithinLimits } from "./workloads";

/** All rules, in the order in which their findings are told. */
export const RULES: readonly Rule[] = [
  clusterIsNamed,
  instanceStaysInPlace,
  placeIsFree,
  placesDiffer,
  sandboxHasNamespace,
  namespacesAreTheTenants,
  onlyInstancesExpire,
  endlessHasReason,
  identityIsKnown,
  instancesRunHere,
  onlyInstancesAreTested,
  pullsAreClear,
  everyQueueHasWorkers,
  requestsWithinLimits,
  onePushgateway,
  followsWhatMoves,
  productionIsPinned,
  sharedMemoryFits,
  versionsDiffer,
  kindsDiffer,
  commandsAreItsOwn,
  listenerHasTopics,
  clonesAreDistinct,
  forgesAreDistinct,
  backendsAreDistinct,
];
