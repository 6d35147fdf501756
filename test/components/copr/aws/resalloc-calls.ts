import type { BuilderRights } from "../../../../components/copr/aws/iam-policy";
import { ec2Arn, sharedArn, type Place } from "../../../../components/copr/aws/policy";
import { stackTag } from "../../../../fleet/tag";
import { ACCOUNT, type Asked, type Call } from "./simulator";

export const PLACE: Place = { partition: "aws", region: "us-east-1", account: ACCOUNT };

/** What a stack's pools are made of. */
export const RIGHTS: BuilderRights = {
  place: PLACE,
  tag: stackTag("organization/packit/copr-stg"),
  images: ["ami-09127a5df568314d3"],
  instanceTypes: ["t3a.medium", "c7g.large"],
  subnets: ["subnet-0b853a752f0f7eba5", "subnet-05dd25fba5582bb6a"],
  securityGroup: "sg-07a0adee998a8fcde",
  keyName: "copr-stg-1f2e3d",
};

/** What a script's call gives; the defaults are those of a stack whose pools are in order. */
export interface Launch {
  /** Tags of instance and volumes, beside the name. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly image?: string;
  readonly subnet?: string;
  readonly securityGroup?: string;
  readonly keyName?: string;
  readonly spot?: boolean;
  readonly encrypted?: boolean;
}

const OWN = { [RIGHTS.tag.key]: RIGHTS.tag.value };
const NAME = "copr_stg_aws_x86_00000001_20260101_000000";

/** Resources of one start, as the call of `resalloc-aws-new` names them. */
export function runInstances(launch: Launch = {}): Call {
  const subnet = ec2Arn(PLACE, `subnet/${launch.subnet ?? "subnet-05dd25fba5582bb6a"}`);
  const tags = given(launch.tags ?? OWN);
  const spot: Asked = { resource: ec2Arn(PLACE, "spot-instances-request/*") };
  return {
    action: "ec2:RunInstances",
    asked: [
      {
        resource: ec2Arn(PLACE, "instance/i-0a"),
        context: {
          ...tags,
          "ec2:InstanceType": launch.type ?? "t3a.medium",
          "ec2:MetadataHttpTokens": "optional",
        },
      },
      {
        resource: ec2Arn(PLACE, "volume/vol-0a"),
        context: { ...tags, "ec2:VolumeType": "gp3", "ec2:Encrypted": String(launch.encrypted ?? false) },
      },
      { resource: ec2Arn(PLACE, "network-interface/eni-0a"), context: { "ec2:Subnet": subnet } },
      { resource: subnet },
      { resource: sharedArn(PLACE, `image/${launch.image ?? "ami-09127a5df568314d3"}`) },
      { resource: ec2Arn(PLACE, `security-group/${launch.securityGroup ?? RIGHTS.securityGroup}`) },
      { resource: ec2Arn(PLACE, `key-pair/${launch.keyName ?? RIGHTS.keyName}`) },
      ...(launch.spot === true ? [spot] : []),
    ],
  };
}

/** Tags that come with a start, which AWS asks about apart. */
export function tagsAtLaunch(tags: Readonly<Record<string, string>> = OWN, action = "RunInstances"): Call {
  const context = { ...given(tags), "ec2:CreateAction": action };
  return {
    action: "ec2:CreateTags",
    asked: ["instance/i-0a", "volume/vol-0a"].map((what) => ({ resource: ec2Arn(PLACE, what), context })),
  };
}

/** Tags of an image that is made of a builder, which AWS asks about apart. */
export function tagsOfImage(tags: Readonly<Record<string, string>> = OWN): Call {
  const resource = sharedArn(PLACE, "image/ami-1");
  return {
    action: "ec2:CreateTags",
    asked: [{ resource, context: { ...given(tags), "ec2:CreateAction": "CreateImage" } }],
  };
}

/** Tags for what is there already. */
export function tagsLater(what: string): Call {
  return { action: "ec2:CreateTags", asked: [{ resource: ec2Arn(PLACE, what), context: given(OWN) }] };
}

/** Another call about one instance that has these tags. */
export function onInstance(action: string, tags: Readonly<Record<string, string>> = OWN): Call {
  const has = { Name: NAME, ...tags };
  const context = Object.fromEntries(
    Object.entries(has).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  );
  return { action: `ec2:${action}`, asked: [{ resource: ec2Arn(PLACE, "instance/i-0a"), context }] };
}

/** A call that names no resource. */
export function anywhere(action: string): Call {
  return { action, asked: [{ resource: "*" }] };
}

function given(tags: Readonly<Record<string, string>>): Record<string, string | string[]> {
  const all = { Name: NAME, ...tags };
  return {
    ...Object.fromEntries(Object.entries(all).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    "aws:TagKeys": Object.keys(all),
  };
}
