import type { Finding } from "../../../../stacks/settings";

/** What a stack's settings break, and how that is told: one case a message. */
export interface RuleCase {
  readonly it: string;
  readonly stack: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Shared environments need one to get as far as the rules. @default true */
  readonly local?: boolean;
  readonly finding: Partial<Finding> & Pick<Finding, "key">;
}
