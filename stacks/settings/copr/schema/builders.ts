import * as z from "zod";

import { ARCHITECTURES } from "../../../../components/copr/config/architectures";
import { count, line, url } from "../../schema/values";

/** Text that a pattern describes. */
function named(pattern: RegExp, allowed: string, example: string) {
  return z.string().regex(pattern).meta({ allowed, example });
}

const ami = named(/^ami-[0-9a-f]{8,17}$/, "an image's id, which begins with ami-", "ami-09127a5df568314d3");
const vpc = named(/^vpc-[0-9a-f]{8,17}$/, "a network's id, which begins with vpc-", "vpc-0a1b2c3d4e5f60718");
const subnet = named(
  /^subnet-[0-9a-f]{8,17}$/,
  "a subnet's id, which begins with subnet-",
  "subnet-0b853a75",
);
const cidr = z.cidrv4().meta({ allowed: "a network of IPv4, such as 192.0.2.0/24", example: "192.0.2.0/24" });
const instanceType = named(
  /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
  "a type of EC2, such as c6a.2xlarge",
  "c6a.2xlarge",
);
const arn = named(/^arn:aws[a-z-]*:[^\s*?$]+$/, "an ARN", "arn:aws:iam::123456789012:oidc-provider/example");
/** AWS takes more, but resalloc's scripts cut at `=` and the shell splits at blanks. */
const tagText = named(/^[\w./:@+-]{1,128}$/, "letters, digits and . _ / : @ + -, 128 at most", "copr");

const gibibytes = named(/^[1-9][0-9]{0,4}Gi$/, "whole gibibytes, such as 40Gi", "40Gi");

const image = z
  .strictObject({
    id: ami.exactOptional().meta({ description: "One image and no other." }),
    owner: named(/^(?:[0-9]{12}|amazon|self)$/, "an account of AWS", "125523088429").meta({
      description: "Account that publishes the image.",
    }),
    name: line.meta({
      description: "Name of the image; with `*` the newest that fits.",
      example: "Fedora-Cloud-Base-AmazonEC2.x86_64-43-*",
    }),
  })
  .meta({ description: "What builders of an architecture start from." });

/** Where builders are, and with whose rights. */
export const aws = z.strictObject({
  account: named(/^[0-9]{12}$/, "the 12 digits of an account", "123456789012")
    .exactOptional()
    .meta({
      description:
        "Account of AWS; the stack refuses any other. Without it, and without `endpoint`, there are no builders, as it may be in `copr-dev` and with LOCAL=1.",
    }),
  endpoint: url.exactOptional().meta({
    description: "Server on this machine that stands in for AWS, for trials: `copr-dev`, or LOCAL=1.",
    example: "http://127.0.0.1:5000",
  }),
  region: named(/^[a-z]{2}(?:-[a-z]+)+-[0-9]$/, "a region of AWS", "us-east-1").meta({
    description: "Region.",
  }),
  profile: line.exactOptional().meta({
    description:
      "Profile of the AWS command line with whose rights is deployed, in place of the secret `aws`.",
    example: "copr",
  }),
  webIdentity: z
    .strictObject({
      provider: arn.meta({ description: "ARN of the provider in IAM that stands for the cluster." }),
      issuer: line.meta({ description: "The cluster's issuer of tokens.", example: "oidc.example.org/id" }),
    })
    .exactOptional()
    .meta({
      description: "Resalloc takes a role with the token of its account, and has no access key (S18).",
    }),
  network: z
    .strictObject({
      vpc: vpc.exactOptional().meta({ description: "Network that is there; without, the stack makes one." }),
      subnets: z.array(subnet).meta({
        description: "Its subnets, of which each builder gets one by chance.",
        example: '["subnet-0b853a75"]',
      }),
      cidr: cidr.meta({
        description: "Addresses of a network that the stack makes.",
        example: "10.74.0.0/16",
      }),
      privateAddresses: z.boolean().meta({
        description:
          "Reach builders by private addresses, which needs the cluster's network joined to theirs.",
      }),
    })
    .meta({ description: "Network of the builders." }),
  clusterEgress: z.array(cidr).meta({
    description: "Addresses from which the cluster reaches builders: nobody else gets to their SSH.",
    example: '["192.0.2.10/32"]',
  }),
  images: z.strictObject({ x86_64: image, aarch64: image }).meta({ description: "Images by architecture." }),
  volumeKey: arn.exactOptional().meta({
    description: "Key of KMS that encrypts volumes; the account's own without.",
  }),
  encryptedVolumesOnly: z.boolean().meta({
    description:
      "Refuse builders with a volume in plain text. The region has to encrypt volumes by default, or none starts.",
  }),
  tags: z
    .record(tagText, tagText)
    .meta({ description: "Further tags of everything in AWS.", example: '{"ServicePhase": "Dev"}' }),
});

const pool = z.strictObject({
  architecture: z.enum(["x86_64", "aarch64"]).meta({ description: "Architecture of the machines." }),
  instanceType: instanceType.meta({ description: "Type of the machines." }),
  memory: gibibytes.exactOptional().meta({
    description: "Memory of a machine, where the type is one whose memory is not known here.",
    example: "16Gi",
  }),
  emulated: z.array(z.enum(ARCHITECTURES)).exactOptional().meta({
    description: "Architectures that it builds for by emulation. Default: none.",
    example: '["s390x"]',
  }),
  tags: z
    .array(named(/^[A-Za-z0-9_.-]+$/, "a tag of letters, digits, dot, hyphen and underscore", "beefy"))
    .exactOptional()
    .meta({ description: "Further tags that builds can ask for. Default: none." }),
  onDemand: z.boolean().exactOptional().meta({
    description: "Start builders only when a build asks for one of the pool's tags. Default: false.",
  }),
  max: count(0, 1000).meta({ description: "Most builders at a time." }),
  maxStarting: count(1, 100).exactOptional().meta({ description: "Most that start at once. Default: 1." }),
  maxPrealloc: count(0, 100).exactOptional().meta({
    description: "Builders that are kept ready, and paid for. Default: 0.",
  }),
  startDelaySeconds: count(1, 3600).exactOptional().meta({
    description: "Seconds between two starts, also after one that failed. Default: 30.",
  }),
  startTimeoutSeconds: count(60, 7200).exactOptional().meta({
    description: "Seconds after which a start has failed. Default: 1200.",
  }),
  livecheckSeconds: count(30, 3600).exactOptional().meta({
    description: "Seconds between two looks whether a builder answers. Default: 180.",
  }),
  reuse: z
    .strictObject({
      opportunitySeconds: count(1, 86_400).meta({
        description: "Seconds that it waits for the same sandbox.",
      }),
      maxCount: count(1, 1000).meta({ description: "Most builds." }),
      maxSeconds: count(1, 604_800).meta({ description: "Most seconds since the first." }),
    })
    .exactOptional()
    .meta({ description: "Reuse of a builder by the same sandbox. Default: each build gets a new one." }),
  spotPrice: named(/^[0-9]{1,3}(?:\.[0-9]{1,6})?$/, "dollars an hour, such as 0.05", "0.05")
    .exactOptional()
    .meta({
      description: "Bid for spare capacity, at most at this price. Default: on-demand prices.",
    }),
  rootVolume: gibibytes.exactOptional().meta({ description: "Size of the root volume. Default: 40Gi." }),
  swap: gibibytes.exactOptional().meta({ description: "Size of a volume for swap. Default: none." }),
  mockTmpfs: gibibytes.exactOptional().meta({
    description: "Memory and swap that build roots may fill. Default: they are on the root volume (C25).",
  }),
});

/** The machines that build packages. */
export const builders = z.strictObject({
  enabled: z.boolean().meta({ description: "Whether there are builders. Off: builds wait." }),
  pools: z
    .record(
      named(/^[a-z][a-z0-9]{0,19}$/, "a short name of small letters and digits", "x86"),
      pool.meta({ allowed: "a pool", description: "A kind of builder." }),
    )
    .meta({
      description: "Kinds of builders by name.",
      example: '{"arm": {"architecture": "aarch64", "instanceType": "c7g.2xlarge", "max": 2}}',
    }),
  maxAgeHours: count(1, 720).meta({
    description: "Hours after which a builder is terminated, whatever it does.",
  }),
  maxInstances: count(0, 10_000).meta({
    description: "Most machines of the stack; when there are more, the oldest are terminated.",
  }),
  reaper: z.enum(["off", "report", "terminate"]).meta({
    description: "What the watch over age and number does, which runs in AWS even if the cluster is gone.",
  }),
});

/** A kind of builder as it is written. */
export type WrittenPool = z.infer<typeof pool>;
