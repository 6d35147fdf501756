import { POLICIES, statementsOf, wildcards } from "../../aws/statements";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Rights name what they are for. */
export const iamNoWildcards: ResourceRule = {
  id: "aws/iam-no-wildcards",
  title: "Rights name what they are for",
  why: "a key of resalloc that leaks must not be a key to the whole account (S18)",
  fix: "list the actions, and the resources or a condition",
  severity: "critical",
  kinds: POLICIES,
  covers: ["aws/CKV_AWS_63"],
  counterparts: {
    checkov: [
      "CKV_AWS_1",
      "CKV_AWS_62",
      "CKV_AWS_63",
      "CKV_AWS_288",
      "CKV_AWS_289",
      "CKV_AWS_290",
      "CKV_AWS_355",
    ],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    for (const statement of statementsOf(resource)) yield* wildcards(statement);
  },
};
