import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Keys of KMS rotate. */
export const keyRotates: ResourceRule = {
  id: "aws/key-rotates",
  title: "Keys of KMS rotate",
  why: "what one key encrypts grows for ever",
  fix: "set enableKeyRotation",
  severity: "medium",
  kinds: ["aws:kms/key:Key"],
  covers: ["aws/CKV_AWS_7"],
  counterparts: {
    checkov: ["CKV_AWS_7"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { enableKeyRotation, customerMasterKeySpec = "SYMMETRIC_DEFAULT" } = resource.inputs as {
      readonly enableKeyRotation?: boolean;
      readonly customerMasterKeySpec?: string;
    };
    // AWS rotates no other.
    if (customerMasterKeySpec === "SYMMETRIC_DEFAULT" && enableKeyRotation !== true)
      yield "it is never rotated";
  },
};
