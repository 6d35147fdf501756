import { MACHINES, metadataOf } from "../../aws/machines";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Machines answer session tokens only. */
export const imdsV2: ResourceRule = {
  id: "aws/imds-v2",
  title: "Machines answer session tokens only",
  why: "a build that makes the machine fetch an address reads its credentials with one plain request",
  fix: "set metadataOptions.httpTokens to required",
  severity: "high",
  kinds: MACHINES,
  covers: ["aws/CKV_AWS_79"],
  counterparts: {
    checkov: ["CKV_AWS_79"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { httpTokens, httpEndpoint } = metadataOf(resource);
    if (httpTokens !== "required" && httpEndpoint !== "disabled")
      yield "its metadata is given without a session token";
  },
};
