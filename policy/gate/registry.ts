import { metadataOpen } from "./changes/aws/imds";
import { repointed } from "./changes/data/repointed";
import { broadRole } from "./changes/identity/broad-role";
import { movingImage } from "./changes/images/moving";
import { openToWorld } from "./changes/network/open";
import { largeShare } from "./changes/scope/share";
import { secretInUse } from "./changes/secrets/in-use";
import { plainSecret } from "./changes/secrets/plain";
import { backupLowered } from "./changes/state/backup";
import { statefulDeleted } from "./changes/state/delete";
import { deletedFirst } from "./changes/state/delete-first";
import { deletedWith } from "./changes/state/deleted-with";
import { namespaceDeleted } from "./changes/state/namespace";
import { unprotected } from "./changes/state/protect";
import { reclaimDelete } from "./changes/state/reclaim";
import { renamed } from "./changes/state/rename";
import { statefulReplaced } from "./changes/state/replace";
import { notRetained } from "./changes/state/retain";
import { claimShrunk } from "./changes/state/shrink";
import { storageClassChanged } from "./changes/state/storage-class";
import { unprotectedAndDeleted } from "./changes/state/unprotect-and-delete";
import { elsewhere } from "./changes/tenancy/elsewhere";
import { foreignHost } from "./changes/tenancy/host";
import { ignoredSecurity } from "./changes/tenancy/ignored-security";
import { testInstanceElsewhere } from "./changes/tenancy/test-instance";
import { testInstanceUnlimited } from "./changes/tenancy/test-limits";
import { belowBudget } from "./changes/workload/below-budget";
import { limitLowered } from "./changes/workload/limits";
import { noReplicas } from "./changes/workload/no-replicas";
import { probeRemoved } from "./changes/workload/probe";
import { recreated } from "./changes/workload/recreate";
import type { UnsafeChange } from "./unsafe-change";

/** Every kind of change that the gate stops. */
export const UNSAFE_CHANGES: readonly UnsafeChange[] = [
  statefulDeleted,
  statefulReplaced,
  namespaceDeleted,
  claimShrunk,
  storageClassChanged,
  reclaimDelete,
  unprotected,
  notRetained,
  deletedWith,
  renamed,
  deletedFirst,
  movingImage,
  noReplicas,
  belowBudget,
  recreated,
  probeRemoved,
  limitLowered,
  plainSecret,
  elsewhere,
  ignoredSecurity,
  unprotectedAndDeleted,
  largeShare,
  foreignHost,
  openToWorld,
  metadataOpen,
  backupLowered,
  testInstanceElsewhere,
  testInstanceUnlimited,
  secretInUse,
  repointed,
  broadRole,
];
