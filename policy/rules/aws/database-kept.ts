import type { ResourceRule } from "../../rule";
import { DURABLE } from "../../where";

/** A database refuses its deletion. */
export const databaseKept: ResourceRule = {
  id: "aws/database-kept",
  title: "A database refuses its deletion",
  why: "one wrong click takes it and its automatic backups",
  fix: "set deletionProtection",
  severity: "critical",
  kinds: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  covers: ["aws/CKV_AWS_293"],
  counterparts: {
    checkov: ["CKV_AWS_139", "CKV_AWS_293"],
  },
  holdsIn: DURABLE,
  enforcement: "mandatory",
  *check(resource) {
    if ((resource.inputs as { readonly deletionProtection?: boolean }).deletionProtection !== true)
      yield "it can be deleted at once";
  },
};
