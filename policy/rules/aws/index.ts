import type { Area } from "../../rule";
import { bucketClosed } from "./bucket-closed";
import { databaseBackups } from "./database-backups";
import { databaseClosed } from "./database-closed";
import { databaseKept } from "./database-kept";
import { described } from "./described";
import { domainLocked } from "./domain-locked";
import { encryptedVolumes } from "./encrypted-volumes";
import { iamNoInlineUserPolicy } from "./iam-no-inline-user-policy";
import { iamNoOpenTrust } from "./iam-no-open-trust";
import { iamNoWildcards } from "./iam-no-wildcards";
import { imagesEncrypted } from "./images-encrypted";
import { imagesPrivate } from "./images-private";
import { imdsV2 } from "./imds-v2";
import { keyRotates } from "./key-rotates";
import { metadataHopLimit } from "./metadata-hop-limit";
import { noIngressFromWorld } from "./no-ingress-from-world";
import { noInstanceRole } from "./no-instance-role";
import { noPublicAddress } from "./no-public-address";
import { noSecretInUserData } from "./no-secret-in-user-data";

/** What a fleet of builders has in AWS. */
export const aws: Area = {
  name: "aws",
  title: "AWS",
  rules: [
    bucketClosed,
    databaseBackups,
    databaseClosed,
    databaseKept,
    described,
    domainLocked,
    encryptedVolumes,
    iamNoInlineUserPolicy,
    iamNoOpenTrust,
    iamNoWildcards,
    imagesEncrypted,
    imagesPrivate,
    imdsV2,
    keyRotates,
    metadataHopLimit,
    noIngressFromWorld,
    noInstanceRole,
    noPublicAddress,
    noSecretInUserData,
  ],
  leftOut: {
    CKV_AWS_189:
      "the setting volumeKey says which key encrypts; AWS's own is good enough for public packages",
    CKV_AWS_126: "a builder lives for an hour, and nobody looks at its graphs",
    CKV_AWS_135: "every current type is optimised without being asked",
    CKV2_AWS_41:
      "builders run users' code and must not be anybody in the account: aws/no-instance-role demands the opposite",
    CKV_AWS_386: "a lookup is no resource, and images are given by their ids",
    CKV_AWS_382: "builds fetch sources and packages from any address",
  },
};
