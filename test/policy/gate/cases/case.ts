import type { Described } from "../steps";

/** An unsafe change and its safe twin, as small as they can be. */
export interface Case {
  readonly unsafe: readonly Described[];
  readonly safe: readonly Described[];
}

/** Cases by the unsafe change's id. */
export type Cases = Readonly<Record<string, Case>>;

/** A resource that is made, changed in place, or deleted. */
export const update = (type: string, from: Described["from"], to: Described["to"]): Described[] => [
  { type, ...(from && { from }), ...(to && { to }) },
];
