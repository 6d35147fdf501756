import type { Finding } from "../errors";
import type { PackitStackName } from "../names";
import type { WrittenSettings } from "../schema/packit";
import type { Path } from "../tree";

/** What a rule looks at. */
export interface Subject {
  readonly stack: PackitStackName;
  /** Settings that are each right by themselves. */
  readonly written: WrittenSettings;
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
export type Rule = (subject: Subject) => readonly RuleFinding[];
