import * as z from "zod";

import { core } from "../../../stacks/settings/coerce";
import { nearest } from "../../../stacks/settings/nearest";
import { type SecretForm, secretsSchema } from "../../../stacks/settings/schema/secrets";
import type { Path } from "../../../stacks/settings/tree";
import { metaOf, schemaAt } from "../../../stacks/settings/wording";
import { dotted } from "./leaves";

/**
 * Reads where a secret goes, for example `tls.privkey` or `forgeTokens.src.fedoraproject.org`, also as error messages
 * write it (`packit:secrets.tls.privkey`).
 *
 * @param schema - Of the stack's program. @default Packit's
 * @throws Error that names the nearest one, or all that there are.
 */
export function parsePlace(text: string, schema: z.ZodObject = secretsSchema): Path {
  const plain = text.replace(/^packit:secrets\./, "").replaceAll(/\["([^"]+)"\]/g, ".$1");
  const path = walk(schema, plain);
  if (path !== undefined) return path;
  const known = places(schema);
  const meant = nearest(plain, known);
  throw new Error(
    `${plain} is no secret${meant === undefined ? `: choose one of ${known.join(", ")}` : `: did you mean ${meant}?`}`,
  );
}

/** What a secret looks like. */
export function formAt(path: Path, schema: z.ZodObject = secretsSchema): SecretForm {
  return metaOf(schemaAt(schema, path) ?? schema).form ?? "password";
}

/** Whether a secret may stand at a path. */
export function isPlace(path: Path, secrets: z.ZodObject = secretsSchema): boolean {
  const schema = schemaAt(secrets, path);
  return path.length > 0 && schema !== undefined && !isGroup(schema);
}

/** Every place, those with names of the user's own as `forgeTokens.NAME`. */
function places(schema: z.core.$ZodType, path: Path = []): readonly string[] {
  const type = core(schema);
  if (type instanceof z.ZodRecord) return [dotted([...path, "NAME"])];
  if (!(type instanceof z.ZodObject)) return [dotted(path)];
  const shape = type.shape as Record<string, z.core.$ZodType>;
  return Object.entries(shape).flatMap(([key, inner]) => places(inner, [...path, key]));
}

/** A name of the user's own may have dots in it, one of the schema's has none. */
function walk(schema: z.core.$ZodType, rest: string): Path | undefined {
  const type = core(schema);
  if (type instanceof z.ZodRecord) return rest === "" ? undefined : [rest];
  if (!(type instanceof z.ZodObject)) return rest === "" ? [] : undefined;
  const [key = "", ...others] = rest.split(".");
  const shape = type.shape as Record<string, z.core.$ZodType>;
  const inner = Object.hasOwn(shape, key) ? shape[key] : undefined;
  const below = inner === undefined ? undefined : walk(inner, others.join("."));
  return below === undefined ? undefined : [key, ...below];
}

function isGroup(schema: z.core.$ZodType): boolean {
  const type = core(schema);
  return type instanceof z.ZodObject || type instanceof z.ZodRecord;
}
