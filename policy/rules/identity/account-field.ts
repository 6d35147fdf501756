import { podSpecOf, POD_MAKERS } from "../../kubernetes";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** The account is named in the field that is read. */
export const accountField: ResourceRule = {
  id: "identity/account-field",
  title: "Nobody uses the old field of the account",
  why: "it is ignored beside the new one, and goes one day",
  fix: "write serviceAccountName",
  severity: "low",
  kinds: POD_MAKERS,
  covers: ["identity/deprecated-account-field"],
  counterparts: { kubeLinter: ["deprecated-service-account-field"] },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    if (podSpecOf(resource)?.serviceAccount !== undefined) yield "its pods have the field serviceAccount";
  },
};
