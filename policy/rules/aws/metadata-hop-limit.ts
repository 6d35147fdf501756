import { MACHINES, metadataOf } from "../../aws/machines";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A machine's metadata stays on it. */
export const metadataHopLimit: ResourceRule = {
  id: "aws/metadata-hop-limit",
  title: "A machine's metadata stays on it",
  why: "containers and build roots behind a bridge reach its credentials",
  fix: "leave httpPutResponseHopLimit at 1",
  severity: "medium",
  kinds: MACHINES,
  covers: ["aws/CKV_AWS_341"],
  counterparts: {
    checkov: ["CKV_AWS_341"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { httpPutResponseHopLimit: hops = 1 } = metadataOf(resource);
    if (hops > 1) yield `its metadata is answered over ${hops} hops`;
  },
};
