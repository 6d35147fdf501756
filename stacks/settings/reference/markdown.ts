import { defaultsFor } from "../defaults/environments";
import { requirePackit } from "../files";
import { parseStackName } from "../names";
import { packitSchema } from "../schema/packit";
import { secretsSchema } from "../schema/secrets";
import { type Path, settingKey, valueAt } from "../tree";
import { allowedBy, metaOf } from "../wording";
import { EACH, type Leaf, leavesOf } from "./leaves";

/** The defaults that the reference shows, by the head of their column. */
const DEFAULTS = {
  dev: defaultsOf("dev"),
  stg: defaultsOf("stg"),
  prod: defaultsOf("prod"),
  "test instance": defaultsOf("dev-pr-1"),
} as const;

type Column = keyof typeof DEFAULTS;

/** Environments of other services, each with the one of Packit that it is compared with. */
const SERVICES = [
  ["stream-stg", "stg"],
  ["stream-prod", "prod"],
  ["source-git-stg", "stg"],
  ["source-git-prod", "prod"],
] as const;

const COLUMNS = Object.keys(DEFAULTS) as readonly Column[];

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
  const leaves = leavesOf(packitSchema);
  const groups = [...new Set(leaves.map(({ path }) => (path.length > 1 ? String(path[0]) : "")))];
  const sections = groups.sort(plainFirst).map((group) => {
    const own = leaves.filter(({ path }) => (path.length > 1 ? path[0] === group : group === ""));
    return group === "" ? table("Place and instance", "", own) : table(group, descriptionAt([group]), own);
  });
  return [INTRODUCTION, ...sections, longDefaults(leaves), servicesTable(leaves), secretsTable()].join("\n");
}

function plainFirst(left: string, right: string): number {
  return Number(right === "") - Number(left === "");
}

function table(title: string, description: string, leaves: readonly Leaf[]): string {
  const heads = ["Setting", ...COLUMNS, "Allowed", "Meaning"];
  const rows = leaves.map(({ path, schema }) => [
    code(keyOf(path)),
    ...COLUMNS.map((column) => shortDefault(column, path)),
    allowedBy(schema),
    metaOf(schema).description ?? "",
  ]);
  return [
    `## ${title}\n`,
    ...(description === "" ? [] : [`${description}\n`]),
    markdownTable(heads, rows),
  ].join("\n");
}

/** What the other services have that Packit has not, or otherwise. */
function servicesTable(leaves: readonly Leaf[]): string {
  const compared = SERVICES.map(([name, like]) => ({ own: defaultsOf(name), like }));
  const rows = leaves.flatMap(({ path }) => {
    const cells = compared.map(({ own, like }) => {
      const [value, packits] = [valueAt(own, path), defaultOf(like, path)].map((one) => JSON.stringify(one));
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

function secretsTable(): string {
  const rows = leavesOf(secretsSchema).map(({ path, schema }) => [
    code(keyOf(["secrets", ...path])),
    allowedBy(schema),
    metaOf(schema).description ?? "",
    path.length > 1 ? descriptionAt([String(path[0])], secretsSchema) : "",
  ]);
  return [
    "## Secrets\n",
    "Set with `pulumi config set --secret --path packit:secrets.<purpose>.<name>`. A staging or production stack that",
    "lacks some lists them all, each with the command that sets it; dev and test instances make their own.\n",
    markdownTable(["Secret", "Allowed", "Meaning", "Purpose"], rows),
  ].join("\n");
}

/** Defaults that are too long for a table. */
function longDefaults(leaves: readonly Leaf[]): string {
  const blocks = leaves
    .filter(({ path }) => isLong(defaultOf("prod", path)))
    .map(
      ({ path }) =>
        `${code(keyOf(path))}:\n\n\`\`\`json\n${JSON.stringify(defaultOf("prod", path), null, 2)}\n\`\`\`\n`,
    );
  return ["## Defaults of lists\n", ...blocks].join("\n");
}

function defaultsOf(stack: string) {
  return defaultsFor(requirePackit(parseStackName(stack)));
}

function shortDefault(column: Column, path: Path): string {
  const value = defaultOf(column, path);
  if (value === undefined) return "";
  return isLong(value) ? "[below](#defaults-of-lists)" : code(JSON.stringify(value).replaceAll('"', ""));
}

function isLong(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function defaultOf(column: Column, path: Path): unknown {
  return valueAt(DEFAULTS[column], path);
}

function descriptionAt(
  path: Path,
  schema: typeof packitSchema | typeof secretsSchema = packitSchema,
): string {
  const fields: Record<string, Parameters<typeof metaOf>[0]> = schema.shape;
  const field = fields[String(path[0])];
  return (field === undefined ? undefined : metaOf(field).description) ?? "";
}

function keyOf(path: Path): string {
  return settingKey(path.map((step) => (step === EACH ? 0 : step))).replaceAll("[0]", "[…]");
}

function code(text: string): string {
  return `\`${text}\``;
}

function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return `${[line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}
