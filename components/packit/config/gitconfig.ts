import { stringify } from "ini";

import { WORK_FOLDER } from "../paths";

/** Settings of git for everything that a worker commits. */
export function gitConfig(): string {
  return stringify(
    {
      user: { name: "Packit", email: "hello@packit.dev" },
      push: { default: "current" },
      // Working copies come back from the sandbox under another owner.
      safe: { directory: WORK_FOLDER },
    },
    { whitespace: true },
  );
}
