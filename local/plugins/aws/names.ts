import { createHash, randomBytes } from "node:crypto";
import type { CheckRequest } from "../frame/provider";
import { type PlainProperties, reveal, textOf } from "../frame/values";
import { isMadeUp } from "./change";
import type { Kind } from "./kind";

/**
 * The name for a resource whose program gives none: that of the last time, else the program's name or the given
 * beginning with some digits. Undefined when there is nothing to be made up.
 */
export function madeUpName(kind: Kind, request: CheckRequest, inputs: PlainProperties): string | undefined {
  const { named } = kind;
  if (named === undefined || (inputs[named.field] ?? null) !== null) return undefined;
  const olds = reveal(request.olds ?? {});
  const beginning = named.prefix === undefined ? "" : textOf(inputs[named.prefix]);
  const last = textOf(olds[named.field]);
  const stays = named.prefix === undefined || textOf(olds[named.prefix]) === beginning;
  if (isMadeUp(olds) && last !== "" && stays) return last;
  const { randomSeed: seed, autonaming } = request;
  if (beginning === "" && autonaming !== undefined) {
    return autonaming.mode === "disable" ? undefined : autonaming.proposedName;
  }
  const digits = (seed.length > 0 ? createHash("sha256").update(seed).digest() : randomBytes(4)).toString(
    "hex",
  );
  return beginning === "" ? `${request.name}-${digits.slice(0, 7)}` : `${beginning}${digits.slice(0, 7)}`;
}
