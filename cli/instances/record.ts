import * as z from "zod";

import { REPOSITORIES } from "../../stacks/settings/pulls";

/** Namespace of the cluster that holds the leases of its test instances and of their identities. */
export const CONTROL_NAMESPACE = "packit-test-instances";

/** Annotation of an instance's lease that holds its {@link InstanceRecord}, as JSON. */
export const RECORD_ANNOTATION = "packit.dev/record";

/** Label that tells the leases of this project apart. */
export const LEASE_KIND_LABEL = "packit.dev/lease";

/** What a test instance can be doing. */
export const INSTANCE_STATES = [
  "queued",
  "building",
  "deploying",
  "live",
  "asleep",
  "failed",
  "destroying",
] as const;

export type InstanceState = (typeof INSTANCE_STATES)[number];

/** Who deploys: a person, a pull request's comment or a CI run. */
export const holder = z.object({
  kind: z.enum(["person", "pull", "ci"]),
  /** For example `jane@laptop`, `packit/packit-service#614` or `zuul 4711`. */
  name: z.string().min(1).max(200),
});

export type Holder = z.infer<typeof holder>;

/** A time in UTC as RFC 3339 has it. */
const time = z.iso.datetime();

/**
 * What is known of a test instance wherever somebody asks, from its first `deploy` until it is gone. Kept in its
 * lease, since state and settings are with whoever deployed it.
 */
export const instanceRecord = z.object({
  /** The stack's name. */
  name: z.string(),
  base: z.string(),
  /** What it runs, by repository, as it is typed: `614`, `branch:main`. */
  references: z.partialRecord(z.enum(REPOSITORIES), z.string()),
  state: z.enum(INSTANCE_STATES),
  /** Why it is in this state, for `failed`. */
  reason: z.string().exactOptional(),
  urls: z.record(z.string(), z.string()),
  namespace: z.string(),
  /** Whose it is: who deployed it last. */
  holder,
  createdAt: time,
  /** Absent: it stays until somebody destroys it, see `keep`. */
  expiresAt: time.exactOptional(),
  /** Why it stays. */
  keep: z.string().exactOptional(),
  /** When it was last deployed, extended or woken, or when `reap` last found a request or a task in its logs. */
  usedAt: time,
  /** Name of the identity of the pool that it has. */
  identity: z.string().exactOptional(),
  /** Digests of the images that were built for it, or given to it: nobody may remove them. */
  images: z.array(z.string()).exactOptional(),
});

export type InstanceRecord = z.infer<typeof instanceRecord>;
