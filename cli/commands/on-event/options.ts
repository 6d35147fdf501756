import { Option } from "commander";

import { TEST_BASES } from "../../../stacks/settings";

/** What everybody needs who answers pull requests. */
export interface AnsweringOptions {
  readonly owner: string;
  readonly base: (typeof TEST_BASES)[number];
  readonly tokenFile?: string;
  readonly login?: string;
  readonly dryRun: boolean;
}

/** Options for {@link AnsweringOptions}. */
export function answeringOptions(): readonly Option[] {
  return [
    new Option("--owner <organization>", "whose repositories count").default("packit"),
    new Option("--base <base>", "base of an instance for which a comment names none")
      .choices(TEST_BASES)
      .default("stg"),
    new Option("--token-file <file>", "file of mode 600 with the token for GitHub; GITHUB_TOKEN without"),
    new Option("--login <account>", "account that the token belongs to; GitHub is asked without"),
    new Option("--dry-run", "say what would be done; deploy and write nothing").default(false),
  ];
}
