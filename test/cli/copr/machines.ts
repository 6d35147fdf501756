import { EC2Client, paginateDescribeInstances, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { parse } from "yaml";

import type { Checkout } from "../../support/checkout";

/** What a pool's command starts, read from its options. */
export interface Start {
  readonly pool: string;
  readonly image: string;
  readonly type: string;
  readonly keyName: string;
  readonly securityGroup: string;
  readonly subnets: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Dollars an hour. */
  readonly spotPrice?: string;
}

type Tags = Readonly<Record<string, string>>;

/** The machines of an account on a server of this machine. */
export class Machines {
  readonly #client: EC2Client;

  constructor(endpoint: string) {
    const credentials = { accessKeyId: "resalloc", secretAccessKey: "resalloc" };
    this.#client = new EC2Client({ endpoint, region: "us-east-1", credentials });
  }

  /** Starts some as `resalloc-aws-new` does when it is run by a pool's command. @returns Their ids. */
  start({ pool, image, type, keyName, securityGroup, subnets, tags, spotPrice }: Start, count = 1) {
    return this.#run(count, {
      ImageId: image,
      InstanceType: type as "c6a.2xlarge",
      KeyName: keyName,
      SecurityGroupIds: [securityGroup],
      SubnetId: subnets[0],
      TagSpecifications: tagged({ ...tags, Name: `${pool}_00000001_20260101_000000` }),
      ...(spotPrice !== undefined && {
        InstanceMarketOptions: { MarketType: "spot", SpotOptions: { MaxPrice: spotPrice } },
      }),
    });
  }

  /** Starts one that is no Copr's. @returns Its id. */
  async strange(tags: Tags): Promise<string> {
    const [id = ""] = await this.#run(1, {
      ImageId: "ami-12c6146b",
      InstanceType: "t3a.medium",
      ...(Object.keys(tags).length > 0 && { TagSpecifications: tagged(tags) }),
    });
    return id;
  }

  /** Ids of all that are not terminated, whoever owns them, sorted. */
  async ids(): Promise<string[]> {
    const found: string[] = [];
    for await (const { Reservations = [] } of paginateDescribeInstances({ client: this.#client }, {}))
      for (const { InstanceId = "", State } of Reservations.flatMap(({ Instances = [] }) => Instances))
        if (State?.Name !== "terminated") found.push(InstanceId);
    return found.sort();
  }

  close(): void {
    this.#client.destroy();
  }

  async #run(
    count: number,
    what: Omit<ConstructorParameters<typeof RunInstancesCommand>[0], "MinCount" | "MaxCount">,
  ): Promise<string[]> {
    const command = new RunInstancesCommand({ ...what, MinCount: count, MaxCount: count });
    const { Instances = [] } = await this.#client.send(command);
    return Instances.map(({ InstanceId = "" }) => InstanceId);
  }
}

/** What the pools of the Copr in this namespace start, by the words of the command that resalloc runs. */
export async function startsOf(cluster: Checkout, namespace: string): Promise<Start[]> {
  const get = ["get", "configmap", "resalloc-config", `--namespace=${namespace}`, "--output=json"];
  const { data } = JSON.parse(await cluster.kubectl(...get)) as { data: Record<string, string> };
  const pools = parse(data["pools.yaml"] ?? "") as Record<string, { cmd_new: string }>;
  return Object.entries(pools)
    .map(([pool, { cmd_new: command }]) => startOf(pool, command))
    .sort((a, b) => a.pool.localeCompare(b.pool));
}

function startOf(pool: string, command: string): Start {
  const words = command.split(" ");
  const values = (option: string): string[] =>
    words.flatMap((word, index) => (word === option ? [words[index + 1] ?? ""] : []));
  const value = (option: string): string => {
    const [first] = values(option);
    if (first === undefined) throw new Error(`${pool} has no ${option}: ${command}`);
    return first;
  };
  const [spotPrice] = values("--spot-price");
  return {
    pool,
    image: value("--ami"),
    type: value("--instance-type"),
    keyName: value("--ssh-key-name"),
    securityGroup: value("--security-group-id"),
    subnets: values("--possible-subnet"),
    tags: Object.fromEntries(values("--tag").map((tag) => tag.split("=", 2) as [string, string])),
    ...(spotPrice !== undefined && { spotPrice }),
  };
}

function tagged(tags: Tags) {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return (["instance", "volume"] as const).map((ResourceType) => ({ ResourceType, Tags }));
}
