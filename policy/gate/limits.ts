/** What a preview may be made of. The preview of a big production stack has 2 MB, 200 steps and a depth of 20. */
export const INPUT_LIMITS = {
  /** Bytes of JSON. */
  bytes: 32 * 1024 * 1024,
  /** Values and separators of values: what the parsed document costs in memory depends on them, not on the bytes. */
  tokens: 1_500_000,
  /** Lists and objects within one another. */
  depth: 100,
  /** Resources times the changed fields of each that are compared. */
  steps: 20_000,
} as const;

/** How much of a stack may change at once before somebody has to say that it is meant. */
export interface Thresholds {
  /** Share of the existing resources that may be updated, replaced or deleted in one go, from 0 to 1. @default 0.5 */
  readonly share: number;
  /** Share by which a container's memory may be cut in one go, from 0 to 1. @default 0.25 */
  readonly memoryCut: number;
}

export const THRESHOLDS: Thresholds = { share: 0.5, memoryCut: 0.25 };

/** A stack with fewer existing resources than this is changed as a whole all the time. */
export const SMALL_STACK = 10;
