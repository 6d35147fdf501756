import * as z from "zod";

import { coerceTree } from "./coerce";
import type { StackConfig } from "./config";
import type { Finding } from "./errors";
import { setSecretCommand } from "./fixes";
import type { PackitStackName } from "./names";
import { type GivenSecrets, type SecretForm, secretsSchema } from "./schema/secrets";
import { serviceOf } from "./services";
import type { Settings } from "./settings";
import { type Path, settingKey, valueAt } from "./tree";
import { validate } from "./validate";
import { metaOf, schemaAt } from "./wording";

/** A secret that a stack can be given. */
export interface SecretNeed {
  /** Where it goes below `packit:secrets`, for example `database`, `password`. */
  readonly path: Path;
  readonly form: SecretForm;
  readonly description: string;
  /** Whether the stack works without. */
  readonly optional: boolean;
  /** Set when only others can issue it, so that even a stack that makes its own secrets must be given it. */
  readonly fromOthers?: true;
}

/** Secrets that only work together: all of a group or none. */
const TOGETHER: readonly (readonly Path[])[] = [
  group("tls", "fullchain", "privkey"),
  group("ssh", "privateKey", "publicKey"),
  group("githubApp", "id", "privateKey"),
  group("copr", "login", "username", "token"),
  group("messaging", "ca", "cert", "key"),
  group("aws", "accessKeyId", "secretAccessKey"),
  group("centosmsg", "certificate", "serverCa"),
  group("redisCommander", "user", "password"),
  group("splunk", "host", "port", "token"),
];

/** Purposes whose secrets nobody can make up: the other side would not take them. */
const FROM_OTHERS: ReadonlySet<unknown> = new Set(["aws", "centosmsg", "splunk"]);

/** Passwords of those with whom only Packit itself has to do: Fedora's accounts, GitHub and Testing Farm. */
const ONLY_PACKITS = ["fasPassword", "webhookSecret", "testingFarmSecret", "internalTestingFarmSecret"];

/** User of Flower when the secrets name none. */
export const FLOWER_USER = "flower-boss";

/** The secrets that a stack with these settings can be given, and whether it works without each. */
export function secretsNeeded(settings: Settings): readonly SecretNeed[] {
  const { backup, components, forges, service, stack } = settings;
  const isPackit = serviceOf(stack) === "packit";
  const usesApp = forges.some((forge) => forge.githubApp === true);
  const required: readonly (readonly [boolean, readonly Path[]])[] = [
    [true, group("tls", "fullchain", "privkey")],
    [isPackit, [["keytab"]]],
    [true, group("ssh", "privateKey", "publicKey")],
    // The App's key is its token.
    [true, forges.filter((forge) => forge.githubApp !== true).map(({ name }) => ["forgeTokens", name])],
    [usesApp || components.tokman, group("githubApp", "id", "privateKey")],
    [true, group("service", "gitlabTokenSecret")],
    [isPackit, group("service", ...ONLY_PACKITS)],
    [service.logdetectiveEnabled === true, group("service", "logdetectiveToken")],
    [isPackit, group("copr", "login", "username", "token")],
    [components.fedmsg, group("messaging", "queue")],
    [true, group("database", "user", "password")],
    [true, group("keyValue", "password")],
    [components.flower, [["flower", "users", FLOWER_USER]]],
    [components.centosmsg, group("centosmsg", "certificate", "serverCa")],
    [components.redisCommander, group("redisCommander", "user", "password")],
    [backup.enabled, group("aws", "accessKeyId", "secretAccessKey")],
    [components.fluentdSidecar, group("splunk", "host", "port", "token")],
  ];
  const optional: readonly (readonly [boolean, readonly Path[]])[] = [
    // The other services take these where their configuration has them, and work without.
    [!isPackit && service.fasUser !== undefined, [["keytab"]]],
    [!isPackit, group("service", ...ONLY_PACKITS)],
    [true, forges.filter((forge) => forge.githubApp === true).map(({ name }) => ["forgeTokens", name])],
    [true, group("service", "redhatApiRefreshToken")],
    [components.fedmsg, group("messaging", "ca", "cert", "key")],
    [true, group("sentry", "dsn")],
  ];
  return [...needs(required, false), ...needs(optional, true)];
}

/**
 * The secrets that are missing, all at once, each with the command that sets it. A stack that makes its own secrets
 * misses only what others issue, but half a pair is of no use to it either.
 */
export function missingSecrets(settings: Settings, given: GivenSecrets): readonly Finding[] {
  const has = (path: Path) => valueAt(given, path) !== undefined;
  const hasFlowerUser = Object.keys(given.flower?.users ?? {}).length > 0;
  const lacking = secretsNeeded(settings).filter(
    ({ path, optional }) => !optional && !has(path) && !(path[0] === "flower" && hasFlowerUser),
  );
  const missing = lacking
    .filter(({ fromOthers }) => fromOthers === true || !settings.generatesSecrets)
    .map(({ path }) => path);
  const halves = TOGETHER.flatMap((paths) => (paths.some(has) ? paths.filter((path) => !has(path)) : []));
  return [...new Map([...missing, ...halves].map((path) => [settingKey(path), path])).values()].map((path) =>
    missingSecret(settings.stack, path),
  );
}

/** What the configuration says of secrets, read and checked one by one; values are never shown. */
export function examineSecrets(
  stack: PackitStackName,
  config: StackConfig,
): { readonly secrets: GivenSecrets; readonly findings: readonly Finding[] } {
  const schema = z.strictObject({ secrets: secretsSchema });
  const settings = coerceTree(schema, { secrets: config.values.secrets ?? {} });
  const stored = config.values.secrets === undefined || config.secretKeys.has("secrets");
  const findings: readonly Finding[] = stored ? [] : [inPlainText(stack)];
  const wording = { stack, isSecret: () => true };
  const checked = validate(schema, [{ settings }], wording);
  if ("data" in checked) return { secrets: checked.data.secrets, findings };
  return { secrets: {}, findings: [...findings, ...checked.wrong.map(({ finding }) => finding)] };
}

function missingSecret(stack: PackitStackName, path: Path): Finding {
  const { allowed } = metaOf(schemaAt(secretsSchema, path) ?? secretsSchema);
  const { before, after } = INPUTS[formOf(path)] ?? { before: "", after: "" };
  return {
    key: settingKey(["secrets", ...path]),
    problem: `is missing: ${descriptionOf(path).replace(/\.$/, "")}`,
    ...(allowed !== undefined && { allowed }),
    fix: `${before}${setSecretCommand(stack, ["secrets", ...path])}${after}`,
  };
}

/** How a secret that lies in a file gets into the command that sets it; others are asked for. */
const INPUTS: Partial<Record<SecretForm, { readonly before: string; readonly after: string }>> = {
  certificate: { before: "", after: " < fullchain.pem" },
  certificateAndKey: { before: "", after: " < centos.cert" },
  privateKey: { before: "", after: " < private-key.pem" },
  sshPrivateKey: { before: "", after: " < id_ed25519" },
  sshPublicKey: { before: "", after: " < id_ed25519.pub" },
  keytab: { before: "base64 -w0 fedora.keytab | ", after: "" },
};

function inPlainText(stack: PackitStackName): Finding {
  return {
    key: "packit:secrets",
    problem: "is stored in plain text",
    allowed: "encrypted values",
    fix: `pulumi config rm -s ${stack.name} packit:secrets, then set each again with --secret --path`,
  };
}

function needs(
  table: readonly (readonly [boolean, readonly Path[]])[],
  optional: boolean,
): readonly SecretNeed[] {
  return table.flatMap(([applies, paths]) =>
    applies
      ? paths.map((path) => ({
          path,
          form: formOf(path),
          description: descriptionOf(path),
          optional,
          ...(FROM_OTHERS.has(path[0]) && { fromOthers: true }),
        }))
      : [],
  );
}

/** Description of a secret, or of the map that it is an entry of. */
function descriptionOf(path: Path): string {
  const own = metaOf(schemaAt(secretsSchema, path) ?? secretsSchema).description;
  return own ?? (path.length > 1 ? descriptionOf(path.slice(0, -1)) : "");
}

function formOf(path: Path): SecretForm {
  return metaOf(schemaAt(secretsSchema, path) ?? secretsSchema).form ?? "password";
}

function group(purpose: string, ...names: readonly string[]): readonly Path[] {
  return names.map((name) => [purpose, name]);
}
