import type { Finding } from "../errors";
import type { PackitStackName, StackName } from "../names";
import type { WrittenSettings } from "../schema/packit";
import type { Path } from "../tree";

/** What a rule looks at. */
export interface Subject<S extends StackName = PackitStackName, W = WrittenSettings> {
  readonly stack: S;
  /** Settings that are each right by themselves. */
  readonly written: W;
  /** Whether the stack goes to the local control plane by request (`LOCAL=1`). */
  readonly local: boolean;
  /** Whether a file says something at this path, and not just the defaults. */
  readonly isWritten: (path: Path) => boolean;
}

/** A finding whose key is still a path. */
export interface RuleFinding extends Omit<Finding, "key" | "file"> {
  readonly path: Path;
}

/** Something that several settings must be to each other. */
export type Rule<S extends StackName = PackitStackName, W = WrittenSettings> = (
  subject: Subject<S, W>,
) => readonly RuleFinding[];
