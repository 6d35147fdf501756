import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A database has backups. */
export const databaseBackups: ResourceRule = {
  id: "aws/database-backups",
  title: "A database has backups",
  why: "what is deleted by mistake is gone",
  fix: "keep backups for a week",
  severity: "critical",
  kinds: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  covers: ["aws/CKV_AWS_133"],
  counterparts: {
    checkov: ["CKV_AWS_133"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { backupRetentionPeriod = 0 } = resource.inputs as { readonly backupRetentionPeriod?: number };
    if (backupRetentionPeriod < 1) yield "no backup of it is kept";
  },
};
