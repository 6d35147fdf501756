import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { packit, type Deployed } from "./packit";
import type { JobPrograms } from "./parts/job-programs";
import type { StackInput } from "./settings";

/** A test instance, and when it may be taken down. */
export interface DeployedTest extends Deployed {
  /** An RFC 3339 time in UTC. */
  readonly expiresAt: pulumi.Output<string>;
}

/** Milliseconds of the units that the setting `ttl` knows. */
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * One Packit for some pull requests, that goes after a while. Its settings make it small and its secrets its own;
 * how it is built does not differ.
 *
 * @param provider - Of the cluster that it is built in.
 * @param programs - What its jobs run.
 */
export function testInstance(input: StackInput, provider: k8s.Provider, programs: JobPrograms): DeployedTest {
  const deployed = packit(input, provider, programs);
  const { ttl = "72h" } = input.settings;
  return { ...deployed, expiresAt: deployed.createdAt.apply((createdAt) => expiry(createdAt, ttl)) };
}

/**
 * The time that lies a duration after another. The namespace's creation is the start, since a program that read a
 * clock would change its outputs with every preview.
 *
 * @param ttl - Minutes, hours or days, for example `72h`.
 */
export function expiry(createdAt: string, ttl: string): string {
  const unit = UNITS[ttl.slice(-1)];
  if (unit === undefined) throw new Error(`${ttl} is no duration`);
  return new Date(Date.parse(createdAt) + Number(ttl.slice(0, -1)) * unit).toISOString();
}
