import { blocksPublicAccess, BUCKETS, companionsOf, isVersioned } from "../../aws/buckets";
import type { StackRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A bucket is closed, versioned and has a lifecycle. */
export const bucketClosed: StackRule = {
  id: "aws/bucket-closed",
  title: "A bucket is closed, versioned and has a lifecycle",
  why: "one wrong policy publishes it, one wrong command empties it, and it grows for ever",
  fix: "make its public access block, versioning and lifecycle with it",
  severity: "high",
  kinds: BUCKETS,
  covers: ["aws/CKV_AWS_21"],
  counterparts: {
    checkov: ["CKV_AWS_21", "CKV2_AWS_6", "CKV2_AWS_61"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, stack) {
    const about = companionsOf(resource, stack);
    if (!about.some(blocksPublicAccess)) yield "public access to it is not blocked";
    if (!about.some(isVersioned)) yield "it is not versioned";
    if (!about.some(({ type }) => type.includes("Lifecycle"))) yield "it has no lifecycle";
  },
};
