import { createHash, randomBytes } from "node:crypto";
import type { Autonaming } from "../frame/provider";
import type { PlainProperties } from "../frame/values";
import { textAt } from "./object";

/** The longest name that field managers may have. */
const longestManager = 128;

/**
 * The field manager that owns what a resource applies: `pulumi-kubernetes/<stack>/<8 digits of the resource>`. It stays
 * the same when the state is lost, so that an interrupted create can go on, and differs between stacks and between
 * resources, so that two which apply the same object are told of the conflict.
 */
export function fieldManager(urn: string): string {
  const [, , stack = ""] = (urn.split("::")[0] ?? "").split(":");
  const digits = createHash("sha256").update(urn).digest("hex").slice(0, 8);
  const room = longestManager - "pulumi-kubernetes//".length - digits.length;
  return `pulumi-kubernetes/${stack.slice(0, room)}/${digits}`;
}

/** The id that the engine keeps: `namespace/name`, or `name` for a kind without namespaces. */
export function idOf(object: PlainProperties): string {
  const namespace = textAt(object, "metadata", "namespace");
  const name = textAt(object, "metadata", "name");
  return namespace === "" ? name : `${namespace}/${name}`;
}

/** Namespace and name out of an id; without a namespace in it, `fallback` counts. */
export function parseId(id: string, fallback: string): { namespace: string; name: string } {
  const slash = id.indexOf("/");
  if (slash < 0) return { namespace: fallback, name: id };
  return { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** A name for a resource whose program gives none; undefined when the stack's settings forbid that. */
export function autoname(name: string, seed: Uint8Array, wish: Autonaming | undefined): string | undefined {
  if (wish?.mode === "disable") return undefined;
  if (wish !== undefined && wish.proposedName !== "") return wish.proposedName;
  const digits = seed.length > 0 ? createHash("sha256").update(seed).digest() : randomBytes(4);
  return `${name}-${digits.toString("hex").slice(0, 8)}`;
}
