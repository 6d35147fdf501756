import {
  DescribeInstancesCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";

import { ec2Fleet, type Ec2Options, type Fleet } from "../../fleet/ec2";
import { awsApi } from "../support/aws-api";
import type { Machine } from "./look-alikes";

const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

/** An account with machines, on a server of this machine. */
export interface Account {
  readonly options: Ec2Options;
  readonly fleet: Fleet;
  /** Starts some with the same tags. @returns Their ids. */
  readonly start: (tags: Machine["tags"], count?: number) => Promise<string[]>;
  /** Keeps it from being terminated, or no longer. */
  readonly protect: (id: string, on: boolean) => Promise<void>;
  /** Ids of all that are not terminated, whoever owns them, sorted. */
  readonly alive: () => Promise<string[]>;
  /** Forgets everything. */
  readonly clear: () => Promise<void>;
}

/** Gives the tests of a `describe` an empty account. */
export function account(): () => Account {
  const endpoint = awsApi();
  return () => {
    const options = { endpoint: endpoint(), region: "us-east-1", credentials: CREDENTIALS };
    const client = new EC2Client(options);
    return {
      options,
      // The smallest page that EC2 allows.
      fleet: ec2Fleet({ ...options, pageSize: 5 }),
      start: async (tags, count = 1) => {
        const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
        const { Instances = [] } = await client.send(
          new RunInstancesCommand({
            ImageId: "ami-12c6146b",
            InstanceType: "t3a.medium",
            MinCount: count,
            MaxCount: count,
            ...(Tags.length > 0 && {
              TagSpecifications: ["instance" as const, "volume" as const].map((ResourceType) => ({
                ResourceType,
                Tags,
              })),
            }),
          }),
        );
        return Instances.map(({ InstanceId = "" }) => InstanceId);
      },
      protect: async (InstanceId, Value) => {
        const change = { InstanceId, DisableApiTermination: { Value } };
        await client.send(new ModifyInstanceAttributeCommand(change));
      },
      alive: async () => {
        const { Reservations = [] } = await client.send(new DescribeInstancesCommand({}));
        return Reservations.flatMap(({ Instances = [] }) => Instances)
          .filter(({ State }) => State?.Name !== "terminated")
          .map(({ InstanceId = "" }) => InstanceId)
          .sort();
      },
      clear: async () => {
        await fetch(`${endpoint()}/moto-api/reset`, { method: "POST" });
      },
    };
  };
}
