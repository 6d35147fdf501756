import type { Area } from "../../rule";
import { accountExists } from "./account-exists";
import { accountField } from "./account-field";
import { execApart } from "./exec-apart";
import { noBroadRole } from "./no-broad-role";
import { noClusterControl } from "./no-cluster-control";
import { noEndpoints } from "./no-endpoints";
import { noEscalation } from "./no-escalation";
import { noSecretReader } from "./no-secret-reader";
import { noSharedSubject } from "./no-shared-subject";
import { noWildcards } from "./no-wildcards";
import { ownAccount } from "./own-account";
import { podsApart } from "./pods-apart";
import { tokenUsed } from "./token-used";

/** Who may do what. */
export const identity: Area = {
  name: "identity",
  title: "Who may do what",
  rules: [
    accountExists,
    accountField,
    execApart,
    noBroadRole,
    noClusterControl,
    noEndpoints,
    noEscalation,
    noSecretReader,
    noSharedSubject,
    noWildcards,
    ownAccount,
    podsApart,
    tokenUsed,
  ],
};
