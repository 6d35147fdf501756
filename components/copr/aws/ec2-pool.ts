import type { StackTag } from "../../../fleet/tag";
import { quantity } from "../../platform/quantity";
import { builderTags, NATIVE, type Architecture } from "../config/architectures";
import { machineFindings, type BuilderMachine } from "../config/builder-machine";
import type { PoolCommand } from "../config/pool-command";
import type { Pool, PoolTag } from "../config/pools";

/** What all pools of a stack share in AWS. */
export interface Ec2Account {
  /** Profile of the AWS client. @default "default" */
  readonly profile?: string;
  /** Name of the key pair that a new machine takes. */
  readonly keyName: string;
  readonly securityGroup: string;
  /** One is picked for each start, so that starts are spread over zones. */
  readonly subnets: readonly string[];
  /** Which of a machine's addresses the cluster reaches. Public ones are the subnets' to give. */
  readonly address: "public" | "private";
  /** The tag that only this stack's machines have: what is listed, and what its rights end at. */
  readonly stackTag: StackTag;
  /** Further tags of machines and volumes. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Path of the playbook that makes a builder of a machine. */
  readonly playbook: string;
}

/** Builders of one instance type. */
export interface Ec2Pool extends Omit<Pool, "create" | "delete" | "list" | "livecheck" | "tags"> {
  readonly image: string;
  readonly instanceType: string;
  readonly architecture: keyof typeof NATIVE;
  /** Architectures that are built by emulation as well. @default none */
  readonly emulated?: readonly Architecture[];
  readonly machine: BuilderMachine;
  /** Dollars an hour that a spot instance may cost. @default not a spot instance */
  readonly spotPrice?: number;
  /** Seconds that AWS, the first log-in and the playbook may take together. @default 1800 */
  readonly createTimeout?: number;
  /** Seconds between two checks of a builder. @default 180 */
  readonly livecheckPeriod?: number;
  /** Beside those of the architectures. */
  readonly extraTags?: readonly PoolTag[];
}

/** Something about a pool in EC2, in words. */
export interface Ec2PoolFinding {
  readonly key: keyof Ec2Pool | keyof Ec2Account;
  readonly message: string;
}

const CREATE_SECONDS = 1800;

/** Seconds for one or two calls of AWS; resalloc waits as long for a list. */
const CALL_SECONDS = 120;

/** Seconds for a check, of which connecting takes ten at most. */
const LIVECHECK_SECONDS = 30;

/** resalloc-aws splits tags and lists at some characters, and its shell expands others. */
const WORD = /^[A-Za-z0-9_.:/@+-]+$/;

/** Everything that is wrong with a pool in EC2, before it is a pool. */
export function ec2PoolFindings(account: Ec2Account, pool: Ec2Pool): readonly Ec2PoolFinding[] {
  return [
    ...machineFindings(pool.machine).map(({ message }) => ({ key: "machine" as const, message })),
    ...words(account, pool),
    ...amounts(account, pool),
  ];
}

function* words(account: Ec2Account, pool: Ec2Pool): Iterable<Ec2PoolFinding> {
  const { stackTag, tags = {}, profile = "default" } = account;
  const all: readonly (readonly [Ec2PoolFinding["key"], readonly string[]])[] = [
    ["profile", [profile]],
    ["keyName", [account.keyName]],
    ["securityGroup", [account.securityGroup]],
    ["subnets", account.subnets],
    ["stackTag", [stackTag.key, stackTag.value]],
    ["tags", Object.entries(tags).flat()],
    ["image", [pool.image]],
    ["instanceType", [pool.instanceType]],
  ];
  for (const [key, texts] of all) {
    for (const text of texts.filter((word) => !WORD.test(word))) {
      yield {
        key,
        message: `${JSON.stringify(text)} cannot be given on: use letters, digits and _ . : / @ + -`,
      };
    }
  }
}

function* amounts(account: Ec2Account, pool: Ec2Pool): Iterable<Ec2PoolFinding> {
  if (account.subnets.length === 0) yield { key: "subnets", message: "there is no subnet: name one" };
  // resalloc-aws deletes by it.
  for (const key of Object.keys(account.tags ?? {}).filter((name) => name === "Name")) {
    yield { key: "tags", message: `the tag ${key} is the machine's own: choose another` };
  }
  if (account.stackTag.key in (account.tags ?? {})) {
    yield { key: "tags", message: `the tag ${account.stackTag.key} is the stack's own: leave it out` };
  }
  if (pool.spotPrice !== undefined && !(pool.spotPrice > 0 && pool.spotPrice < 100)) {
    yield { key: "spotPrice", message: `spotPrice cannot be ${pool.spotPrice}: give dollars an hour` };
  }
}

/**
 * The pool, with the commands of resalloc-aws.
 *
 * @throws Error with everything that is wrong.
 */
export function ec2Pool(account: Ec2Account, given: Ec2Pool): Pool {
  const findings = ec2PoolFindings(account, given);
  if (findings.length > 0) throw new Error(findings.map(({ message }) => message).join("\n"));
  const {
    image,
    instanceType,
    architecture,
    emulated,
    machine,
    spotPrice,
    extraTags = [],
    ...others
  } = given;
  const { createTimeout = CREATE_SECONDS, livecheckPeriod, ...pool } = others;
  const { profile = "default", stackTag } = account;
  const onDemand = new Set(
    (pool.tagsOnDemand ?? []).map((tag) => (typeof tag === "string" ? tag : tag.name)),
  );
  const swap = gibibytes(machine.swap ?? "0");
  return {
    ...pool,
    tags: [...builderTags(NATIVE[architecture], emulated), ...extraTags].filter(
      (tag) => typeof tag !== "string" || !onDemand.has(tag),
    ),
    create: command(createTimeout, "/usr/bin/resalloc-aws-new", [
      ...["--aws-profile", profile, "--ami", image, "--instance-type", instanceType],
      ...["--ssh-key-name", account.keyName, "--security-group-id", account.securityGroup],
      ...account.subnets.flatMap((subnet) => ["--possible-subnet", subnet]),
      ...Object.entries({ ...account.tags, arch: architecture, [stackTag.key]: stackTag.value }).flatMap(
        ([key, value]) => ["--tag", `${key}=${value}`],
      ),
      ...["--root-volume-size", String(gibibytes(machine.rootVolume))],
      ...(swap > 0 ? ["--additional-volume-size", String(swap)] : []),
      ...(spotPrice === undefined ? [] : ["--spot-price", String(spotPrice)]),
      ...(account.address === "private" ? ["--private-ip"] : []),
      ...["--playbook", account.playbook, "--debug"],
    ]),
    delete: command(CALL_SECONDS, "/usr/bin/resalloc-aws-delete", ["--aws-profile", profile]),
    list: command(CALL_SECONDS, "/usr/bin/resalloc-aws-list", [
      ...["--aws-profile", profile, "--tag", `${stackTag.key}=${stackTag.value}`],
    ]),
    livecheck: {
      command: command(LIVECHECK_SECONDS, "/usr/bin/resalloc-check-vm-ip", []),
      ...(livecheckPeriod !== undefined && { period: livecheckPeriod }),
    },
  };
}

function command(timeout: number, program: string, args: readonly string[]): PoolCommand {
  return { argv: [program, ...args], timeout };
}

/** Whole gibibytes, which AWS calls GB. */
function gibibytes(amount: string): number {
  return Math.ceil(quantity(amount) / 2 ** 30);
}
