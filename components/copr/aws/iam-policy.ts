import type { StackTag } from "../../../fleet/tag";
import { ec2Arn, policy, sharedArn, type Place, type PolicyDocument, type Statement } from "./policy";

/** What resalloc may start builders from, of what kind, and how many kinds of help it needs for that. */
export interface BuilderRights {
  readonly place: Place;
  /** The tag of this stack's builders. */
  readonly tag: StackTag;
  /** Images that builders start from, `ami-…`. */
  readonly images: readonly string[];
  /** For example `t3a.medium`. */
  readonly instanceTypes: readonly string[];
  /** Subnets that builders are put into, `subnet-…`. */
  readonly subnets: readonly string[];
  /** `sg-…` */
  readonly securityGroup: string;
  /** Name of the key pair in EC2. */
  readonly keyName: string;
  /**
   * Whether some pool bids for spare capacity. The account needs the role `AWSServiceRoleForEC2Spot` for that, which
   * whoever deploys makes once.
   *
   * @default false
   */
  readonly spot?: boolean;
  /**
   * Refuses builders with a volume in plain text. `resalloc-aws-new` cannot ask for encryption, so this needs the
   * region's encryption by default.
   *
   * @default false
   */
  readonly encryptedVolumesOnly?: boolean;
  /** ARN of the customer's key, where one encrypts the volumes. */
  readonly volumeKey?: string;
  /**
   * Whether `resalloc-aws-new --create-snapshot-image` may make images.
   *
   * @default false
   */
  readonly makesImages?: boolean;
}

/**
 * What resalloc's scripts do in AWS and nothing else: they start builders of the given kinds with the stack's tag,
 * look, and terminate what has the tag. They can neither hand a role to a builder nor tag what is there already, so
 * what another stack owns is out of reach (S18).
 *
 * @throws Error when a list is empty, which IAM refuses with a message that names nothing.
 */
export function builderPolicy(rights: BuilderRights): PolicyDocument {
  for (const list of ["images", "instanceTypes", "subnets"] as const) {
    if (rights[list].length === 0) throw new Error(`${list} is empty: builders cannot start`);
  }
  const { place, tag } = rights;
  return policy(
    ...launch(rights),
    {
      Sid: "TagAtLaunch",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: [ec2Arn(place, "instance/*"), ec2Arn(place, "volume/*")],
      Condition: conditions(requested(tag), { StringEquals: { "ec2:CreateAction": "RunInstances" } }),
    },
    {
      Sid: "Look",
      Effect: "Allow",
      // Neither can be limited to certain resources.
      Action: ["ec2:DescribeInstances", ...(rights.makesImages === true ? ["ec2:DescribeImages"] : [])],
      Resource: ["*"],
    },
    terminate(place, tag),
    ...(rights.makesImages === true ? makeImages(rights) : []),
    ...(rights.volumeKey === undefined ? [] : useKey(rights.volumeKey, place)),
  );
}

/** Terminates what has the tag. */
export function terminate(place: Place, tag: StackTag): Statement {
  return {
    Sid: "TerminateOwn",
    Effect: "Allow",
    Action: ["ec2:TerminateInstances"],
    Resource: [ec2Arn(place, "instance/*")],
    Condition: owned(tag),
  };
}

/** Each resource of a launch is asked about apart; all have to be allowed. */
function launch(rights: BuilderRights): Statement[] {
  const { place, tag, images, subnets, securityGroup, keyName } = rights;
  const statement = (sid: string, resource: readonly string[], condition?: Condition): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Action: ["ec2:RunInstances"],
    Resource: resource,
    ...(condition !== undefined && { Condition: condition }),
  });
  const subnetArns = subnets.map((id) => ec2Arn(place, `subnet/${id}`));
  const kind = { "ec2:InstanceType": rights.instanceTypes };
  const encrypted = rights.encryptedVolumesOnly === true ? { Bool: { "ec2:Encrypted": "true" } } : {};
  return [
    statement(
      "LaunchKnownKinds",
      [ec2Arn(place, "instance/*")],
      conditions(requested(tag), { StringEquals: kind }),
    ),
    statement("LaunchVolumes", [ec2Arn(place, "volume/*")], conditions(requested(tag), encrypted)),
    // The scripts tag neither network interfaces nor requests for spare capacity.
    statement("LaunchInterfaces", [ec2Arn(place, "network-interface/*")], {
      ArnEquals: { "ec2:Subnet": subnetArns },
    }),
    statement("LaunchFrom", [
      ...images.map((id) => sharedArn(place, `image/${id}`)),
      ...subnetArns,
      ec2Arn(place, `security-group/${securityGroup}`),
      ec2Arn(place, `key-pair/${keyName}`),
    ]),
    ...(rights.spot === true ? [statement("LaunchSpot", [ec2Arn(place, "spot-instances-request/*")])] : []),
  ];
}

function makeImages({ place, tag }: BuilderRights): Statement[] {
  const made = [sharedArn(place, "image/*")];
  return [
    {
      Sid: "ImageFromOwn",
      Effect: "Allow",
      Action: ["ec2:CreateImage"],
      Resource: [ec2Arn(place, "instance/*")],
      Condition: owned(tag),
    },
    {
      Sid: "ImageItself",
      Effect: "Allow",
      Action: ["ec2:CreateImage"],
      // The scripts tag the image, not its snapshots.
      Resource: [...made, sharedArn(place, "snapshot/*")],
    },
    {
      Sid: "TagImage",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: made,
      Condition: conditions(requested(tag), { StringEquals: { "ec2:CreateAction": "CreateImage" } }),
    },
  ];
}

/** EC2 uses the key in the name of who starts a builder. */
function useKey(key: string, { region }: Place): Statement[] {
  const throughEc2 = { StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` } };
  return [
    {
      Sid: "UseVolumeKey",
      Effect: "Allow",
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource: [key],
      Condition: throughEc2,
    },
    {
      Sid: "GrantVolumeKey",
      Effect: "Allow",
      Action: ["kms:CreateGrant"],
      Resource: [key],
      Condition: conditions(throughEc2, { Bool: { "kms:GrantIsForAWSResource": "true" } }),
    },
  ];
}

type Condition = NonNullable<Statement["Condition"]>;

/** The request gives the tag. IAM takes a tag's key in any case, and filters do not: hence its exact key too. */
function requested({ key, value }: StackTag): Condition {
  return {
    StringEquals: { [`aws:RequestTag/${key}`]: value },
    "ForAnyValue:StringEquals": { "aws:TagKeys": key },
  };
}

/** It has the tag already. */
function owned({ key, value }: StackTag): Condition {
  return { StringEquals: { [`aws:ResourceTag/${key}`]: value } };
}

function conditions(...all: readonly Condition[]): Condition {
  const merged: Record<string, Condition[string]> = {};
  for (const [operator, keys] of all.flatMap((one) => Object.entries(one))) {
    merged[operator] = { ...merged[operator], ...keys };
  }
  return merged;
}
