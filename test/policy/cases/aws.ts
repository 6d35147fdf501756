import * as awsProvider from "@pulumi/aws";

import { bucketClosed } from "../../../policy/rules/aws/bucket-closed";
import { databaseBackups } from "../../../policy/rules/aws/database-backups";
import { databaseClosed } from "../../../policy/rules/aws/database-closed";
import { databaseKept } from "../../../policy/rules/aws/database-kept";
import { described } from "../../../policy/rules/aws/described";
import { domainLocked } from "../../../policy/rules/aws/domain-locked";
import { encryptedVolumes } from "../../../policy/rules/aws/encrypted-volumes";
import { iamNoInlineUserPolicy } from "../../../policy/rules/aws/iam-no-inline-user-policy";
import { iamNoOpenTrust } from "../../../policy/rules/aws/iam-no-open-trust";
import { iamNoWildcards } from "../../../policy/rules/aws/iam-no-wildcards";
import { imagesEncrypted } from "../../../policy/rules/aws/images-encrypted";
import { imagesPrivate } from "../../../policy/rules/aws/images-private";
import { imdsV2 } from "../../../policy/rules/aws/imds-v2";
import { keyRotates } from "../../../policy/rules/aws/key-rotates";
import { metadataHopLimit } from "../../../policy/rules/aws/metadata-hop-limit";
import { noIngressFromWorld } from "../../../policy/rules/aws/no-ingress-from-world";
import { noInstanceRole } from "../../../policy/rules/aws/no-instance-role";
import { noPublicAddress } from "../../../policy/rules/aws/no-public-address";
import { noSecretInUserData } from "../../../policy/rules/aws/no-secret-in-user-data";
import type { Rule } from "../../../policy/rule";
import type { Case } from "../cases";
import { withExtra } from "../extra";
import { builders } from "../fleet";
import type { Alteration } from "../real";

/** What the project has none of, as safe as the rules ask for. */
const others = withExtra(() => {
  const { ec2, kms, rds, route53domains, s3 } = awsProvider;
  new ec2.LaunchTemplate("machine", {
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    networkInterfaces: [{ associatePublicIpAddress: "false" }],
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
    userData: Buffer.from("#!/bin/sh\ndnf -y update\n").toString("base64"),
  });
  new ec2.AmiCopy("image", { sourceAmiId: "ami-1", sourceAmiRegion: "us-east-1", encrypted: true });
  new kms.Key("key", { enableKeyRotation: true });
  new route53domains.RegisteredDomain("domain", { domainName: "example.org", transferLock: true });
  new rds.Instance("database", {
    instanceClass: "db.t4g.small",
    storageEncrypted: true,
    backupRetentionPeriod: 7,
    deletionProtection: true,
  });
  new s3.Bucket("bucket", { bucket: "packit" });
  new s3.BucketPublicAccessBlock("closed", {
    bucket: "packit",
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new s3.BucketVersioning("versioned", {
    bucket: "packit",
    versioningConfiguration: { status: "Enabled" },
  });
  new s3.BucketLifecycleConfiguration("lifecycle", { bucket: "packit", rules: [] });
});

type Row = readonly [rule: Rule, on: string, bad: Alteration, says: string, found?: string];

function cases(stack: Case["in"], rows: readonly Row[]): Case[] {
  return rows.map(([rule, on, bad, says, found = on], index) => ({
    rule,
    on,
    bad,
    says: [`${found}: ${says}`],
    when: `so (${index + 1})`,
    ...(stack && { in: stack }),
  }));
}

/** The policy of a resource with a statement of another kind. */
function allowing(change: object): Alteration {
  return ({ inputs }) => {
    const field = inputs.policy === undefined ? "assumeRolePolicy" : "policy";
    const document = JSON.parse(String(inputs[field])) as { Statement: object[] };
    document.Statement[0] = { ...document.Statement[0], Sid: "Wide", ...change };
    inputs[field] = JSON.stringify(document);
  };
}

const INGRESS = "SecurityGroupIngressRule/fleet-ssh-192.0.2.10/32";
const MACHINE = "LaunchTemplate/machine";
const DATABASE = "Instance/database";

const ofBuilders = cases(builders, [
  [
    noIngressFromWorld,
    INGRESS,
    ({ inputs }) => (inputs.cidrIpv4 = "0.0.0.0/0"),
    "port 22 is open to 0.0.0.0/0",
  ],
  [
    noIngressFromWorld,
    "SecurityGroup/fleet",
    ({ inputs }) => (inputs.ingress = [{ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }]),
    "every port is open to ::/0",
  ],
  [described, INGRESS, ({ inputs }) => delete inputs.description, "it has no description"],
  [iamNoWildcards, "Policy/fleet", allowing({ Action: ["ec2:*"] }), "Wide allows ec2:*"],
  [
    iamNoWildcards,
    "Policy/fleet",
    allowing({ Action: ["ec2:RunInstances"], Resource: ["*"], Condition: undefined }),
    "Wide allows ec2:RunInstances on everything",
  ],
  [iamNoOpenTrust, "Role/fleet", allowing({ Principal: { AWS: "*" } }), "everybody may take it"],
  [
    iamNoOpenTrust,
    "Role/fleet",
    allowing({ Condition: undefined }),
    "whoever has an identity there may take it",
  ],
  [
    iamNoInlineUserPolicy,
    "Policy/fleet",
    (draft) => {
      draft.type = "aws:iam/userPolicy:UserPolicy";
      draft.inputs.user = "resalloc";
    },
    "it is written into resalloc",
    "UserPolicy/fleet",
  ],
]);

const ofOthers = cases(others, [
  [
    imdsV2,
    MACHINE,
    ({ inputs }) => delete inputs.metadataOptions.httpTokens,
    "its metadata is given without a session token",
  ],
  [
    metadataHopLimit,
    MACHINE,
    ({ inputs }) => (inputs.metadataOptions.httpPutResponseHopLimit = 2),
    "its metadata is answered over 2 hops",
  ],
  [
    noPublicAddress,
    MACHINE,
    ({ inputs }) => (inputs.networkInterfaces[0].associatePublicIpAddress = "true"),
    "it gets a public address",
  ],
  [
    encryptedVolumes,
    MACHINE,
    ({ inputs }) => delete inputs.blockDeviceMappings[0].ebs.encrypted,
    "volume /dev/xvda is not encrypted",
  ],
  [
    encryptedVolumes,
    MACHINE,
    ({ inputs }) => delete inputs.blockDeviceMappings,
    "its root volume is not encrypted",
  ],
  [
    noSecretInUserData,
    MACHINE,
    ({ inputs }) => (inputs.userData = Buffer.from("export PASSWORD=hunter42\n").toString("base64")),
    "its user data holds what looks like a secret",
  ],
  [
    noInstanceRole,
    MACHINE,
    ({ inputs }) => (inputs.iamInstanceProfile = { name: "builder" }),
    "builds on it can act in the account",
  ],
  [imagesEncrypted, "AmiCopy/image", ({ inputs }) => delete inputs.encrypted, "its copy is not encrypted"],
  [
    imagesPrivate,
    "AmiCopy/image",
    (draft) => {
      draft.type = "aws:ec2/amiLaunchPermission:AmiLaunchPermission";
      draft.inputs.group = "all";
    },
    "it shares an image with all",
    "AmiLaunchPermission/image",
  ],
  [keyRotates, "Key/key", ({ inputs }) => delete inputs.enableKeyRotation, "it is never rotated"],
  [
    domainLocked,
    "RegisteredDomain/domain",
    ({ inputs }) => (inputs.transferLock = false),
    "its transfer lock is off",
  ],
  [databaseClosed, DATABASE, ({ inputs }) => (inputs.publiclyAccessible = true), "it has a public address"],
  [databaseBackups, DATABASE, ({ inputs }) => (inputs.backupRetentionPeriod = 0), "no backup of it is kept"],
  [databaseKept, DATABASE, ({ inputs }) => (inputs.deletionProtection = false), "it can be deleted at once"],
  [
    bucketClosed,
    "BucketPublicAccessBlock/closed",
    ({ inputs }) => (inputs.blockPublicPolicy = false),
    "public access to it is not blocked",
    "Bucket/bucket",
  ],
  [
    bucketClosed,
    "BucketVersioning/versioned",
    ({ inputs }) => (inputs.versioningConfiguration.status = "Suspended"),
    "it is not versioned",
    "Bucket/bucket",
  ],
]);

export const awsCases: readonly Case[] = [...ofBuilders, ...ofOthers];
