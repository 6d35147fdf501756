import { coprDefaultsFor } from "../copr/defaults";
import { coprSchema } from "../copr/schema";
import { coprSecretsSchema } from "../copr/schema/secrets";
import type { CoprStackName } from "../names";
import { parseStackName } from "../names";
import type { Tree } from "../tree";
import { longDefaults, secretsTable, settingsTables } from "./tables";

const DEFAULTS = {
  "copr-dev": defaultsOf("copr-dev"),
  "copr-stg": defaultsOf("copr-stg"),
  "copr-prod": defaultsOf("copr-prod"),
} as const;

const INTRODUCTION = `# Settings of Copr

Every setting of a Copr stack, made from the schema by \`npm run docs:settings\`. [Copr](copr.md) says what they are
about. All have defaults, which depend on the environment; files hold what differs.
[settings-copr.schema.json](settings-copr.schema.json) lets an editor check the files.
`;

/** The reference of Copr's settings and secrets, in Markdown. */
export function coprReference(): string {
  return [
    INTRODUCTION,
    ...settingsTables(coprSchema, DEFAULTS),
    longDefaults(coprSchema, DEFAULTS["copr-prod"]),
    [
      "## Secrets\n",
      "Set with `pulumi config set --secret --path packit:secrets.<purpose>.<name>`. These are only those that others",
      "issue. Passwords, keys and the builders' access key are made by the stack: nobody ever types one.\n",
      secretsTable(coprSecretsSchema),
    ].join("\n"),
  ].join("\n");
}

function defaultsOf(name: CoprStackName["name"]): Tree {
  return { ...coprDefaultsFor(parseStackName(name) as CoprStackName) };
}
