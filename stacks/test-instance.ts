import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { packit, type Deployed, type SeldomParts } from "./packit";
import type { JobPrograms } from "./parts/job-programs";
import type { StackInput } from "./settings";
import { endOf, NEVER } from "./settings/duration";

/** A test instance, and when it may be taken down. */
export interface DeployedTest extends Deployed {
  /** An RFC 3339 time in UTC; absent: it stays until somebody destroys it. */
  readonly expiresAt?: pulumi.Output<string>;
}

/**
 * One Packit for some code of its repositories, that goes after a while. Its settings make it small and its secrets
 * its own; how it is built does not differ.
 *
 * @param provider - Of the cluster that it is built in.
 * @param programs - What its jobs run.
 */
export function testInstance(
  input: StackInput,
  provider: k8s.Provider,
  programs: JobPrograms,
  seldom: SeldomParts = {},
): DeployedTest {
  const deployed = packit(input, provider, programs, seldom);
  const { ttl = NEVER } = input.settings;
  if (ttl === NEVER) return deployed;
  // The namespace's creation is the start: a program that read a clock would change its outputs with every preview.
  return {
    ...deployed,
    expiresAt: deployed.createdAt.apply((createdAt) => endOf(Date.parse(createdAt), ttl) ?? ""),
  };
}
