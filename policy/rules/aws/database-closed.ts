import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** A database is encrypted and has no public address. */
export const databaseClosed: ResourceRule = {
  id: "aws/database-closed",
  title: "A database is encrypted and has no public address",
  why: "its content is read by whoever gets at a disk, or finds its address",
  fix: "set storageEncrypted, and leave publiclyAccessible off",
  severity: "critical",
  kinds: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  covers: ["aws/CKV_AWS_16"],
  counterparts: {
    checkov: ["CKV_AWS_16", "CKV_AWS_17", "CKV_AWS_96"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { storageEncrypted, publiclyAccessible } = resource.inputs as {
      readonly storageEncrypted?: boolean;
      readonly publiclyAccessible?: boolean;
    };
    if (storageEncrypted !== true) yield "it is not encrypted";
    if (publiclyAccessible === true) yield "it has a public address";
  },
};
