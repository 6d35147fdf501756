import * as z from "zod";

import { CONTROL_NAMESPACE, LEASE_KIND_LABEL } from "../record";

/** What a lease of the control namespace stands for. */
export type LeaseKind = "instance" | "identity" | "place";

/** A Lease as the API server gives it. What is not named here is kept when it is written back. */
export const leaseSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    uid: z.string().exactOptional(),
    resourceVersion: z.string().exactOptional(),
    labels: z.record(z.string(), z.string()).exactOptional(),
    annotations: z.record(z.string(), z.string()).exactOptional(),
  }),
  spec: z
    .looseObject({
      holderIdentity: z.string().exactOptional(),
      leaseDurationSeconds: z.number().exactOptional(),
      acquireTime: z.string().exactOptional(),
      renewTime: z.string().exactOptional(),
      leaseTransitions: z.number().exactOptional(),
    })
    .exactOptional(),
});

export type Lease = z.infer<typeof leaseSchema>;

export const leaseList = z.looseObject({ items: z.array(z.unknown()) });

/** Label with the stack's name on everything that is a stack's. */
export const STACK_LABEL = "app.kubernetes.io/instance";

/** Name of the lease that stands for something. */
export function leaseName(kind: LeaseKind, name: string): string {
  return `${kind}-${name}`;
}

/** What a lease of this kind is about: the name without its kind. */
export function subjectOf(kind: LeaseKind, lease: Lease): string {
  return lease.metadata.name.slice(kind.length + 1);
}

/** A lease that is not there yet. */
export function newLease(kind: LeaseKind, name: string): Lease {
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: {
      name: leaseName(kind, name),
      namespace: CONTROL_NAMESPACE,
      labels: { [LEASE_KIND_LABEL]: kind, "app.kubernetes.io/part-of": "packit" },
    },
  };
}

/** The lease with the label of the stack that it is for. */
export function labelled(lease: Lease, stack: string): Lease {
  return {
    ...lease,
    metadata: { ...lease.metadata, labels: { ...lease.metadata.labels, [STACK_LABEL]: stack } },
  };
}

/** The lease with annotations set, or without those that are undefined. */
export function annotated(lease: Lease, changes: Readonly<Record<string, string | undefined>>): Lease {
  const entries = Object.entries({ ...lease.metadata.annotations, ...changes });
  const annotations = Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return { ...lease, metadata: { ...lease.metadata, annotations } };
}

/** The lease in somebody's hand from now on. */
export function acquired(lease: Lease, holder: string, now: number, durationMs?: number): Lease {
  return {
    ...lease,
    spec: {
      holderIdentity: holder,
      acquireTime: microTime(now),
      renewTime: microTime(now),
      leaseTransitions: (lease.spec?.leaseTransitions ?? -1) + 1,
      ...(durationMs !== undefined && { leaseDurationSeconds: Math.ceil(durationMs / 1000) }),
    },
  };
}

/** The lease renewed by who has it. */
export function renewed(lease: Lease, now: number): Lease {
  return { ...lease, spec: { ...lease.spec, renewTime: microTime(now) } };
}

/** The lease in nobody's hand. */
export function released(lease: Lease): Lease {
  return { ...lease, spec: { leaseTransitions: lease.spec?.leaseTransitions ?? 0 } };
}

/** A time with exactly six digits of a second's fraction, as the API server asks for it. */
function microTime(time: number): string {
  return new Date(time).toISOString().replace("Z", "000Z");
}

/** Reads a time of a lease, in milliseconds since 1970; NaN when there is none. */
export function timeOf(text: string | undefined): number {
  return Date.parse(text ?? "");
}
