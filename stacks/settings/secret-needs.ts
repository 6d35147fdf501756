import * as z from "zod";

import { coerceTree } from "./coerce";
import type { StackConfig } from "./config";
import type { Finding } from "./errors";
import { setSecretCommand } from "./fixes";
import type { StackName } from "./names";
import type { SecretForm } from "./schema/secret-values";
import { type Path, settingKey, type Tree, valueAt } from "./tree";
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

/** Secrets, and whether the settings ask for them. */
export type NeedsTable = readonly (readonly [applies: boolean, paths: readonly Path[]])[];

/** The secrets that two tables ask for: those that a stack cannot do without, and those that it can. */
export function needsIn(
  schema: z.ZodObject,
  required: NeedsTable,
  optional: NeedsTable,
  fromOthers: ReadonlySet<unknown>,
): readonly SecretNeed[] {
  const needs = (table: NeedsTable, isOptional: boolean) =>
    table.flatMap(([applies, paths]) =>
      applies
        ? paths.map((path): SecretNeed => ({
            path,
            form: formOf(schema, path),
            description: descriptionOf(schema, path),
            optional: isOptional,
            ...(fromOthers.has(path[0]) && { fromOthers: true }),
          }))
        : [],
    );
  return [...needs(required, false), ...needs(optional, true)];
}

/** What is missing in groups of which something is given. */
export function halvesOf(together: readonly (readonly Path[])[], given: Tree): readonly Path[] {
  const has = (path: Path) => valueAt(given, path) !== undefined;
  return together.flatMap((paths) => (paths.some(has) ? paths.filter((path) => !has(path)) : []));
}

/** A finding for each secret that is missing, with the command that sets it. */
export function missingFindings(
  stack: StackName,
  schema: z.ZodObject,
  missing: readonly Path[],
): readonly Finding[] {
  return [...new Map(missing.map((path) => [settingKey(path), path])).values()].map((path) => {
    const { allowed } = metaOf(schemaAt(schema, path) ?? schema);
    const { before, after } = INPUTS[formOf(schema, path)] ?? { before: "", after: "" };
    return {
      key: settingKey(["secrets", ...path]),
      problem: `is missing: ${descriptionOf(schema, path).replace(/\.$/, "")}`,
      ...(allowed !== undefined && { allowed }),
      fix: `${before}${setSecretCommand(stack, ["secrets", ...path])}${after}`,
    };
  });
}

/** Secrets as far as they are right, and what is wrong with the others. */
export interface ExaminedSecrets<T> {
  readonly secrets: T;
  readonly findings: readonly Finding[];
}

/** What the configuration says of secrets, read and checked one by one; values are never shown. */
export function examineGiven<T extends Tree>(
  stack: StackName,
  schema: z.ZodType<T>,
  config: StackConfig,
): ExaminedSecrets<Partial<T>> {
  const whole = z.strictObject({ secrets: schema });
  const settings = coerceTree(whole, { secrets: config.values.secrets ?? {} });
  const stored = config.values.secrets === undefined || config.secretKeys.has("secrets");
  const findings: readonly Finding[] = stored ? [] : [inPlainText(stack)];
  const wording = { stack, isSecret: () => true };
  const checked = validate(whole, [{ settings }], wording);
  if ("data" in checked) return { secrets: checked.data.secrets, findings };
  return { secrets: {}, findings: [...findings, ...checked.wrong.map(({ finding }) => finding)] };
}

/** Paths of the secrets of one purpose. */
export function group(purpose: string, ...names: readonly string[]): readonly Path[] {
  return names.map((name) => [purpose, name]);
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

function inPlainText(stack: StackName): Finding {
  return {
    key: "packit:secrets",
    problem: "is stored in plain text",
    allowed: "encrypted values",
    fix: `pulumi config rm -s ${stack.name} packit:secrets, then set each again with --secret --path`,
  };
}

/** Description of a secret, or of the map that it is an entry of. */
function descriptionOf(schema: z.ZodObject, path: Path): string {
  const own = metaOf(schemaAt(schema, path) ?? schema).description;
  return own ?? (path.length > 1 ? descriptionOf(schema, path.slice(0, -1)) : "");
}

function formOf(schema: z.ZodObject, path: Path): SecretForm {
  return metaOf(schemaAt(schema, path) ?? schema).form ?? "password";
}
