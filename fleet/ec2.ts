import {
  EC2Client,
  paginateDescribeInstances,
  TerminateInstancesCommand,
  type Instance as Described,
} from "@aws-sdk/client-ec2";

import { THERE, type Instance } from "./instance";
import { ownedBy } from "./select";
import type { StackTag } from "./tag";

/** How often a request is sent before it counts as failed. EC2 refuses bursts, the more the bigger an account is. */
const ATTEMPTS = 8;

/** Instances of one answer. */
const PAGE = 500;

/** Instances of one request to terminate: AWS advises against more. */
const BATCH = 100;

/** An instance that could not be terminated. */
export interface Refusal {
  readonly id: string;
  readonly reason: string;
}

/** What is asked of EC2. */
export interface Fleet {
  /** All instances with the tag that are not gone yet. */
  list(tag: StackTag): Promise<Instance[]>;
  /** Whether whoever asks may terminate these; nothing is terminated. @throws Error with AWS's own words. */
  mayTerminate(ids: readonly string[]): Promise<void>;
  /** Terminates what is still there, and gives what AWS refused. */
  terminate(ids: readonly string[]): Promise<Refusal[]>;
}

/** Where and how EC2 is reached; what is left out, the SDK finds as AWS's own tools do. */
export interface Ec2Options {
  readonly region?: string;
  readonly endpoint?: string;
  /** Profile of the AWS command line. */
  readonly profile?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** @default 500 */
  readonly pageSize?: number;
}

/** EC2 of one region. */
export function ec2Fleet({ pageSize = PAGE, ...options }: Ec2Options = {}): Fleet {
  const client = new EC2Client({ ...options, maxAttempts: ATTEMPTS, retryMode: "adaptive" });
  const end = (ids: readonly string[], dryRun = false) =>
    client.send(new TerminateInstancesCommand({ InstanceIds: [...ids], DryRun: dryRun }));
  return {
    list: async (tag) => {
      const found: Instance[] = [];
      const filters = [
        { Name: `tag:${tag.key}`, Values: [tag.value] },
        { Name: "instance-state-name", Values: [...THERE] },
      ];
      for await (const page of paginateDescribeInstances({ client, pageSize }, { Filters: filters })) {
        found.push(...(page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances).map(instance));
      }
      return ownedBy(tag, found);
    },
    mayTerminate: async (ids) => {
      for (const batch of batches(ids)) {
        await end(batch, true).catch((error: unknown) => {
          if (!PERMITTED.includes(nameOf(error))) throw error;
        });
      }
    },
    terminate: async (ids) => {
      const refusals: Refusal[] = [];
      for (const batch of batches(ids)) {
        try {
          await end(batch);
        } catch {
          // One that is protected, or gone, holds all others of its batch back.
          for (const id of batch) {
            await end([id]).catch((error: unknown) => {
              if (nameOf(error) !== NOT_THERE) refusals.push({ id, reason: String(error) });
            });
          }
        }
      }
      return refusals;
    },
  };
}

const NOT_THERE = "InvalidInstanceID.NotFound";

/** What a question gets whose asker has the right. The last: some instance is protected, which is told at its end. */
const PERMITTED = ["DryRunOperation", NOT_THERE, "OperationNotPermitted"];

/** When an instance was launched of which AWS does not say it: it is never too old. */
const END_OF_TIME = 8.64e15;

function instance(described: Described): Instance {
  // A start after a stop counts as a launch; its first disk and interface tell how old it really is.
  const dates = [
    described.LaunchTime,
    ...(described.BlockDeviceMappings ?? []).map(({ Ebs }) => Ebs?.AttachTime),
    ...(described.NetworkInterfaces ?? []).map(({ Attachment }) => Attachment?.AttachTime),
  ].map((date) => date?.getTime() ?? END_OF_TIME);
  return {
    id: described.InstanceId ?? "",
    state: described.State?.Name ?? "",
    since: new Date(Math.min(...dates)),
    tags: new Map((described.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
  };
}

function batches(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / BATCH);
  return Array.from({ length: count }, (_, index) => ids.slice(index * BATCH, (index + 1) * BATCH));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
