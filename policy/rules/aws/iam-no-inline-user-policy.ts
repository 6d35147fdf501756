import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Rights are policies of their own. */
export const iamNoInlineUserPolicy: ResourceRule = {
  id: "aws/iam-no-inline-user-policy",
  title: "Rights are policies of their own",
  why: "those written into a user are forgotten with it, and nobody sees them in a list",
  fix: "make a policy and attach it",
  severity: "medium",
  kinds: ["aws:iam/userPolicy:UserPolicy"],
  covers: ["aws/CKV_AWS_40"],
  counterparts: {
    checkov: ["CKV_AWS_40"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { user = "a user" } = resource.inputs as { readonly user?: string };
    yield `it is written into ${user}`;
  },
};
