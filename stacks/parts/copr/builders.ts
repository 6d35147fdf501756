import * as pulumi from "@pulumi/pulumi";

import type { Credentials } from "../../../components/copr/aws/builder-identity";
import { builderImage } from "../../../components/copr/aws/builder-image";
import { Builders, type BuildersArgs } from "../../../components/copr/aws/builders";
import { type AwsAccess, awsProviders } from "../../../components/copr/aws/providers";
import { AWS_PROFILE } from "../../../components/copr/config/aws-profile";
import type { Pools } from "../../../components/copr/config/pools";
import { RESALLOC } from "../../../components/copr/connections";
import { stackTag } from "../../../fleet/tag";
import type { CoprInput } from "../../settings/copr/load";
import type { PoolSettings } from "../../settings/copr/pools";
import type { CoprSettings } from "../../settings/copr/settings";
import { whole } from "../given";
import { resallocPools } from "./pools";

/** What servers that stand in for AWS call their account. */
const STAND_IN_ACCOUNT = "123456789012";

/** What resalloc is told of the builders. */
export interface CoprBuilders {
  readonly pools: pulumi.Output<Pools>;
  readonly aws: {
    readonly region: string;
    readonly endpoint?: string;
    readonly credentials: Credentials;
  };
  /** What has to be there before a machine starts, and goes after the last has gone. */
  readonly before: pulumi.Resource;
}

/**
 * What builders need in AWS. Nothing else of the program loads the library for that, which is big.
 *
 * @param publicKey - Of the key that builders let in.
 * @param reaper - Archive of the reaper's bundle.
 */
export function coprBuilders(
  input: CoprInput,
  publicKey: pulumi.Input<string>,
  reaper: () => pulumi.asset.Archive,
  opts: pulumi.ComponentResourceOptions,
): CoprBuilders {
  const { settings } = input;
  const { aws, instance, pools } = settings;
  const tag = stackTag(settings.tag);
  const providers = awsProviders("aws", accessOf(input), opts);
  const images = imagesOf(settings, { provider: providers.aws });
  const builders = new Builders(
    instance,
    {
      ...surroundings(settings),
      place: {
        partition: partitionOf(aws.region),
        region: aws.region,
        account: aws.account ?? STAND_IN_ACCOUNT,
      },
      tag,
      tags: aws.tags,
      publicKey,
      images: Object.values(images),
      instanceTypes: Object.values(pools).map(({ instanceType }) => instanceType),
      clusterEgress: aws.clusterEgress,
      spot: Object.values(pools).some(({ spotPrice }) => spotPrice !== undefined),
      ...watch(settings, reaper),
    },
    { ...opts, providers },
  );
  const { credentials, keyName, securityGroup, subnets } = builders;
  const address = aws.network.privateAddresses ? ("private" as const) : ("public" as const);
  return {
    pools: pulumi
      .all([keyName, securityGroup, subnets, pulumi.all(images)])
      .apply(([key, group, places, ids]) =>
        resallocPools(
          pools,
          {
            profile: AWS_PROFILE,
            keyName: key,
            securityGroup: group,
            subnets: places,
            address,
            stackTag: tag,
            tags: aws.tags,
          },
          ids,
        ),
      ),
    aws: {
      region: aws.region,
      credentials,
      ...(aws.endpoint !== undefined && { endpoint: aws.endpoint }),
    },
    before: builders,
  };
}

function accessOf({ settings: { aws }, secrets }: CoprInput): AwsAccess {
  const { account, endpoint, profile, region } = aws;
  const standIn = { accessKeyId: "stand-in", secretAccessKey: "stand-in" };
  const given = whole(secrets.aws, "accessKeyId", "secretAccessKey");
  const key = given ?? (endpoint === undefined ? undefined : standIn);
  return {
    region,
    ...(account !== undefined && { account }),
    ...(endpoint !== undefined && { endpoint }),
    ...(profile === undefined ? key !== undefined && { key } : { profile }),
  };
}

/** Image of each architecture that a pool has. */
function imagesOf(
  { aws, pools }: CoprSettings,
  options: pulumi.InvokeOptions,
): Partial<Record<PoolSettings["architecture"], pulumi.Output<string>>> {
  const used = new Set(Object.values(pools).map(({ architecture }) => architecture));
  return Object.fromEntries(
    [...used].map((architecture) => [
      architecture,
      builderImage({ ...aws.images[architecture], architecture }, options),
    ]),
  );
}

/** Network, encryption, and whose tokens count. */
function surroundings({
  aws,
  namespace,
}: CoprSettings): Pick<BuildersArgs, "encryptedVolumesOnly" | "network" | "volumeKey" | "webIdentity"> {
  const { encryptedVolumesOnly, network, volumeKey, webIdentity } = aws;
  const { cidr, subnets, vpc } = network;
  return {
    network: vpc === undefined ? { cidr } : { vpc, subnets },
    encryptedVolumesOnly,
    ...(volumeKey !== undefined && { volumeKey }),
    ...(webIdentity !== undefined && {
      webIdentity: { ...webIdentity, namespace, serviceAccount: RESALLOC },
    }),
  };
}

function watch(
  { reaper: { mode, maxAgeHours, maxInstances } }: CoprSettings,
  code: () => pulumi.asset.Archive,
): Pick<BuildersArgs, "reaper"> {
  return mode === "off" ? {} : { reaper: { mode, maxAgeHours, maxInstances, code: code() } };
}

/** AWS is apart in China and for the government of the United States. */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
