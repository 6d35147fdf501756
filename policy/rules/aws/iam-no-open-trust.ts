import { listOf, statementsOf } from "../../aws/statements";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A role says who may take it. */
export const iamNoOpenTrust: ResourceRule = {
  id: "aws/iam-no-open-trust",
  title: "A role says who may take it",
  why: "every account of AWS could",
  fix: "name the service, the account or the identity provider, with a condition",
  severity: "critical",
  kinds: ["aws:iam/role:Role"],
  counterparts: {
    checkov: ["CKV_AWS_60", "CKV_AWS_61"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const statement of statementsOf(resource)) {
      if (statement.Effect !== "Allow") continue;
      const principals = listOf(statement.Principal);
      if (principals.includes("*")) yield "everybody may take it";
      // A federated identity without a condition is anybody of that provider.
      const isFederated = typeof statement.Principal === "object" && "Federated" in statement.Principal;
      if (isFederated && statement.Condition === undefined) yield "whoever has an identity there may take it";
    }
  },
};
