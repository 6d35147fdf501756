import { MACHINES, type Machine } from "../../aws/machines";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Builders have no role. */
export const noInstanceRole: ResourceRule = {
  id: "aws/no-instance-role",
  title: "Builders have no role",
  why: "users run what they like on them, and would do so in the account",
  fix: "leave iamInstanceProfile out",
  severity: "high",
  kinds: MACHINES,
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { iamInstanceProfile } = resource.inputs as Machine;
    if (iamInstanceProfile !== undefined) yield "builds on it can act in the account";
  },
};
