import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { StackTag } from "../../../fleet/tag";
import { BuilderFirewall } from "./builder-firewall";
import { BuilderIdentity, type Credentials } from "./builder-identity";
import { builderPolicy } from "./iam-policy";
import type { Place } from "./policy";
import type { WebIdentity } from "./trust";

export interface BuildersArgs {
  readonly place: Place;
  /** Tells this stack's builders from all others of the account. */
  readonly tag: StackTag;
  /** Further tags of everything. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Public part of the key with which resalloc and backend log in, in OpenSSH's form. */
  readonly publicKey: pulumi.Input<string>;
  readonly vpc: pulumi.Input<string>;
  /** Subnets of it, `subnet-…`. */
  readonly subnets: readonly pulumi.Input<string>[];
  /** Images of all pools, `ami-…`. */
  readonly images: readonly pulumi.Input<string>[];
  /** Types of all pools. */
  readonly instanceTypes: readonly string[];
  /** Networks from which the cluster comes. */
  readonly clusterEgress: readonly string[];
  /** Where the cluster's tokens count in AWS. */
  readonly webIdentity?: WebIdentity;
  /** Whether some pool bids for spare capacity. @default false */
  readonly spot?: boolean;
  /** Refuses volumes in plain text; needs the region's encryption by default. @default false */
  readonly encryptedVolumesOnly?: boolean;
  /** ARN of the key of KMS that encrypts volumes. */
  readonly volumeKey?: string;
}

/**
 * What builders in AWS need before the first one starts: a key pair, a security group, and rights for resalloc. The
 * builders themselves are resalloc's.
 */
export class Builders extends pulumi.ComponentResource {
  /** Name of the key pair in EC2. */
  readonly keyName: pulumi.Output<string>;
  /** Id of the security group. */
  readonly securityGroup: pulumi.Output<string>;
  /** How resalloc shows AWS who it is. */
  readonly credentials: Credentials;

  /** @param name - What all names in AWS begin with, for example `copr-stg`. */
  constructor(name: string, args: BuildersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:Builders", name, {}, opts);
    const { place, tag, instanceTypes, spot = false, encryptedVolumesOnly = false } = args;
    const child = { parent: this };
    const tags = { ...args.tags, [tag.key]: tag.value, Name: name };
    // Its name ends in random digits, so that a new key is there before the old one goes: running builders keep
    // theirs, and starts never lack one.
    const keyPair = new aws.ec2.KeyPair(name, { publicKey: args.publicKey, tags }, child);
    this.keyName = keyPair.keyName;
    const { securityGroup } = new BuilderFirewall(
      name,
      { vpc: args.vpc, clusterEgress: args.clusterEgress, tags },
      child,
    );
    this.securityGroup = securityGroup;
    const policy = pulumi
      .all([pulumi.all([...args.images]), pulumi.all([...args.subnets]), securityGroup, keyPair.keyName])
      .apply(([images, subnets, group, keyName]) =>
        builderPolicy({
          place,
          tag,
          images: [...new Set(images)],
          instanceTypes: [...new Set(instanceTypes)],
          subnets: [...new Set(subnets)],
          securityGroup: group,
          keyName,
          spot,
          encryptedVolumesOnly,
          ...(args.volumeKey !== undefined && { volumeKey: args.volumeKey }),
        }),
      );
    const { webIdentity } = args;
    const { credentials } = new BuilderIdentity(
      name,
      { policy, tags, ...(webIdentity !== undefined && { webIdentity }) },
      child,
    );
    this.credentials = credentials;
    this.registerOutputs({ keyName: this.keyName, securityGroup });
  }
}
