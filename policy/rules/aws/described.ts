import { FIREWALL } from "../../aws/security-group";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Groups and rules say what they are for. */
export const described: ResourceRule = {
  id: "aws/described",
  title: "Groups and rules say what they are for",
  why: "nobody dares to take one away",
  fix: "give a description",
  severity: "low",
  kinds: FIREWALL,
  covers: ["aws/CKV_AWS_23"],
  counterparts: {
    checkov: ["CKV_AWS_23"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { description, ingress = [], egress = [] } = resource.inputs as Described;
    if (!isSaid(description)) yield "it has no description";
    for (const rule of [...ingress, ...egress])
      if (!isSaid(rule.description)) yield "one of its rules has no description";
  },
};

interface Described {
  readonly description?: string;
  readonly ingress?: readonly Described[];
  readonly egress?: readonly Described[];
}

/** AWS's own words say nothing. */
function isSaid(description = ""): boolean {
  return description.trim() !== "" && description !== "Managed by Pulumi";
}
