import type { Path } from "../../../../stacks/settings/tree";

/** What is wrong with a secret, in words that hold nothing of it. */
export interface Problem {
  readonly path: Path;
  readonly problem: string;
  readonly fix: string;
}

/** A date as people and machines read it: `2026-10-01`. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
