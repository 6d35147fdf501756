import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A domain cannot be moved away. */
export const domainLocked: ResourceRule = {
  id: "aws/domain-locked",
  title: "A domain cannot be moved away",
  why: "whoever gets at the account takes the name along",
  fix: "leave transferLock on",
  severity: "high",
  kinds: ["aws:route53domains/domain:Domain", "aws:route53domains/registeredDomain:RegisteredDomain"],
  covers: ["aws/CKV_AWS_377"],
  counterparts: {
    checkov: ["CKV_AWS_377"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    if ((resource.inputs as { readonly transferLock?: boolean }).transferLock === false)
      yield "its transfer lock is off";
  },
};
