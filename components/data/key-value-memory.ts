import type { Resources } from "../platform/container";
import { inMebibytes, quantity } from "../platform/quantity";

/**
 * Share of the memory limit that data may take (D15). A dump is written by a fork, and every page that changes
 * meanwhile exists twice; the rest is for that, for client buffers and for fragmentation.
 */
const DATA_SHARE = 0.75;

/** Dumps that the volume holds at once: the last one, and the next one while it is written. */
const DUMPS = 2;

export interface KeyValueSizes {
  /** Size of the volume, for example `8Gi`. */
  readonly storage: string;
  readonly resources: Resources;
  /** Bytes of data after which keys are evicted. @default three quarters of the memory limit */
  readonly maxMemory?: number;
}

/** Bytes of data that a store of these sizes keeps at most. */
export function maxMemory({ resources, maxMemory: wanted }: Omit<KeyValueSizes, "storage">): number {
  return wanted ?? mostMemory(resources);
}

function mostMemory(resources: Resources): number {
  return Math.floor(quantity(resources.limits.memory) * DATA_SHARE);
}

/** What is wrong with the sizes of the store `name`: all of it, empty when they fit together. */
export function sizeFindings(name: string, sizes: KeyValueSizes): string[] {
  const { requests, limits } = sizes.resources;
  const findings = (["cpu", "memory"] as const)
    .filter((resource) => quantity(requests[resource]) !== quantity(limits[resource]))
    .map(
      (resource) =>
        `${name}: requests ${requests[resource]} of ${resource} but is limited to ${limits[resource]}: ` +
        "set both to the same, or the node may evict it when memory runs short (D16)",
    );
  const data = maxMemory(sizes);
  if (data > mostMemory(sizes.resources)) {
    findings.push(
      `${name}: ${inMebibytes(data)} of data leave too little of ${limits.memory} of memory for writing a dump: ` +
        `allow at most ${inMebibytes(mostMemory(sizes.resources))} (D15)`,
    );
  }
  const least = DUMPS * data;
  if (quantity(sizes.storage) < least) {
    findings.push(
      `${name}: a volume of ${sizes.storage} cannot hold two dumps of ${inMebibytes(data)} of data: ` +
        `set its storage to at least ${inMebibytes(least)} (D15)`,
    );
  }
  return findings;
}
