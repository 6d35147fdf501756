import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { StackTag } from "../../../fleet/tag";
import { BuilderFirewall } from "./builder-firewall";
import { BuilderIdentity, type Credentials } from "./builder-identity";
import { BuilderNetwork } from "./builder-network";
import { builderPolicy } from "./iam-policy";
import type { Place } from "./policy";
import { Reaper, type ReaperSettings } from "./reaper";
import { Sweep } from "./sweep";
import type { WebIdentity } from "./trust";

/** A network that is there. */
export interface GivenNetwork {
  readonly vpc: pulumi.Input<string>;
  /** Subnets of it, `subnet-…`. */
  readonly subnets: readonly pulumi.Input<string>[];
}

/** A network that the stack makes. */
export interface OwnNetwork {
  /** Its addresses, for example `10.74.0.0/16`. */
  readonly cidr: string;
}

export interface BuildersArgs {
  readonly place: Place;
  /** Tells this stack's builders from all others of the account. */
  readonly tag: StackTag;
  /** Further tags of everything. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Public part of the key with which resalloc and backend log in, in OpenSSH's form. */
  readonly publicKey: pulumi.Input<string>;
  readonly network: GivenNetwork | OwnNetwork;
  /** Images of all pools, `ami-…`. */
  readonly images: readonly pulumi.Input<string>[];
  /** Types of all pools. */
  readonly instanceTypes: readonly string[];
  /** Networks from which the cluster comes. */
  readonly clusterEgress: readonly string[];
  /** The watch over age and number. @default none */
  readonly reaper?: ReaperSettings & {
    /** An archive whose `index.js` is the bundle of `fleet/lambda.ts`. */
    readonly code: pulumi.asset.Archive;
  };
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
 * What builders in AWS need before the first one starts: a network, a key pair, a security group, rights for resalloc,
 * and what ends them when nobody else does. The builders themselves are resalloc's. Takes the providers of
 * `awsProviders` as its option `providers`.
 *
 * Whoever uses an output waits for the sweep, and so goes before it when the stack is destroyed: resalloc first, then
 * the builders, then what they held on to.
 */
export class Builders extends pulumi.ComponentResource {
  /** Name of the key pair in EC2. */
  readonly keyName: pulumi.Output<string>;
  /** Id of the security group. */
  readonly securityGroup: pulumi.Output<string>;
  /** Ids of the subnets. */
  readonly subnets: pulumi.Output<readonly string[]>;
  /** How resalloc shows AWS who it is. */
  readonly credentials: Credentials;
  /** Ends what runs when the stack goes. What starts builders has to depend on it. */
  readonly sweep: Sweep;

  /** @param name - What all names in AWS begin with, for example `copr-stg`. */
  constructor(name: string, args: BuildersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:Builders", name, {}, opts);
    const { place, tag, instanceTypes, reaper } = args;
    const child = { parent: this };
    const tags = { ...args.tags, [tag.key]: tag.value, Name: name };
    // Its name ends in random digits, so that a new key is there before the old one goes: running builders keep
    // theirs, and starts never lack one.
    const keyPair = new aws.ec2.KeyPair(name, { publicKey: args.publicKey, tags }, child);
    const network =
      "cidr" in args.network
        ? new BuilderNetwork(name, { cidr: args.network.cidr, instanceTypes, tags }, child)
        : args.network;
    const firewall = new BuilderFirewall(
      name,
      { vpc: network.vpc, clusterEgress: args.clusterEgress, tags },
      child,
    );
    const policy = pulumi
      .all([
        pulumi.all([...args.images]),
        pulumi.all([...network.subnets]),
        firewall.securityGroup,
        keyPair.keyName,
      ])
      .apply(([images, subnets, securityGroup, keyName]) =>
        builderPolicy({
          ...rightsOf(args),
          images: [...new Set(images)],
          subnets: [...new Set(subnets)],
          securityGroup,
          keyName,
        }),
      );
    const { webIdentity } = args;
    const identity = new BuilderIdentity(
      name,
      { policy, tags, ...(webIdentity !== undefined && { webIdentity }) },
      child,
    );
    const watch =
      reaper === undefined ? [] : [new Reaper(`${name}-reaper`, { ...reaper, place, tag, tags }, child)];
    const own = network instanceof BuilderNetwork ? [network] : [];
    const heldOnTo = [keyPair, firewall, identity, ...watch, ...own];
    this.sweep = new Sweep(name, tag, { ...child, dependsOn: heldOnTo });
    this.keyName = this.afterSweep(keyPair.keyName);
    this.securityGroup = this.afterSweep(firewall.securityGroup);
    this.subnets = this.afterSweep(pulumi.all([...network.subnets]));
    this.credentials = this.credentialsAfterSweep(identity.credentials);
    this.registerOutputs({ keyName: this.keyName, securityGroup: this.securityGroup });
  }

  /** The value, whose users wait for the sweep. */
  private afterSweep<T>(value: pulumi.Output<T>): pulumi.Output<T> {
    return pulumi.all([value, this.sweep.urn]).apply(([known]) => known) as pulumi.Output<T>;
  }

  private credentialsAfterSweep(credentials: Credentials): Credentials {
    if (credentials.kind === "role") {
      return { kind: "role", roleArn: this.afterSweep(credentials.roleArn) };
    }
    const { accessKeyId, secretAccessKey } = credentials;
    return {
      kind: "key",
      accessKeyId: this.afterSweep(accessKeyId),
      secretAccessKey: this.afterSweep(secretAccessKey),
    };
  }
}

/** The rights that do not come from resources. */
function rightsOf(args: BuildersArgs) {
  const { place, tag, instanceTypes, spot = false, encryptedVolumesOnly = false, volumeKey } = args;
  return {
    place,
    tag,
    instanceTypes: [...new Set(instanceTypes)],
    spot,
    encryptedVolumesOnly,
    ...(volumeKey !== undefined && { volumeKey }),
  };
}
