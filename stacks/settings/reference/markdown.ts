import { defaultsFor } from "../defaults/environments";
import { requirePackit } from "../files";
import { parseStackName } from "../names";
import { packitSchema } from "../schema/packit";
import { secretsSchema } from "../schema/secrets";
import { type Tree, valueAt } from "../tree";
import { leavesOf } from "./leaves";
import { code, keyOf, longDefaults, markdownTable, secretsTable, settingsTables } from "./tables";

/** The defaults that the reference shows, by the head of their column. */
const DEFAULTS = {
  dev: defaultsOf("dev"),
  stg: defaultsOf("stg"),
  prod: defaultsOf("prod"),
  "test instance": defaultsOf("dev-pr-1"),
} as const;

/** Environments of other services, each with the one of Packit that it is compared with. */
const SERVICES = [
  ["stream-stg", "stg"],
  ["stream-prod", "prod"],
  ["source-git-stg", "stg"],
  ["source-git-prod", "prod"],
  ["fedora-ci-stg", "stg"],
  ["fedora-ci-prod", "prod"],
] as const;

const INTRODUCTION = `# Settings

Every setting of a Packit stack, made from the schema by \`npm run docs:settings\`.

Settings are kept in \`Pulumi.<stack>.yaml\` and set with, for example,
\`pulumi config set -s stg --path packit:workers.longRunning.replicas 2\`. All have defaults, which depend on the
environment; the files hold what differs. A test instance takes the settings of its base's file, apart from sizes,
identity and secrets, and needs no file of its own.
[settings.schema.json](settings.schema.json) lets an editor check the files.
`;

/** The reference of all settings and secrets, in Markdown. */
export function settingsReference(): string {
  return [
    INTRODUCTION,
    ...settingsTables(packitSchema, DEFAULTS),
    longDefaults(packitSchema, DEFAULTS.prod),
    servicesTable(),
    [
      "## Secrets\n",
      "Set with `pulumi config set --secret --path packit:secrets.<purpose>.<name>`. A staging or production stack that",
      "lacks some lists them all, each with the command that sets it; dev and test instances make their own.\n",
      secretsTable(secretsSchema),
    ].join("\n"),
  ].join("\n");
}

/** What the other services have that Packit has not, or otherwise. */
function servicesTable(): string {
  const compared = SERVICES.map(([name, like]) => ({ own: defaultsOf(name), like: DEFAULTS[like] }));
  const rows = leavesOf(packitSchema).flatMap(({ path }) => {
    const cells = compared.map(({ own, like }) => {
      const [value, packits] = [valueAt(own, path), valueAt(like, path)].map((one) => JSON.stringify(one));
      if (value === packits) return "";
      return value === undefined ? "–" : code(value.replaceAll('"', ""));
    });
    return cells.some((cell) => cell !== "") ? [[code(keyOf(path)), ...cells]] : [];
  });
  return [
    "## Other services\n",
    "Defaults of the services beside Packit where they are not those of `stg` and `prod`. –: none, so that it is left to",
    "the application.\n",
    markdownTable(["Setting", ...SERVICES.map(([name]) => name)], rows),
  ].join("\n");
}

function defaultsOf(stack: string): Tree {
  return { ...defaultsFor(requirePackit(parseStackName(stack))) };
}
