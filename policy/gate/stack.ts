import { ownerOf } from "../../stacks/settings/placement";
import { type Where, whereIs } from "../where";

/** What the gate has to know of a stack: it follows from its name. */
export interface Stack {
  readonly name: string;
  readonly where: Where;
}

export function stackOf(name: string): Stack {
  return { name, where: whereIs(name) };
}

/** The name of the stack that a URN belongs to. */
export function stackIn(urn: string): string {
  return urn.split(":")[2] ?? "";
}

/** Whose a namespace or host is, when it is not this stack's; undefined when it is, or is nobody's. */
export function foreignOwner(stack: Stack, name: string): string | undefined {
  const owner = ownerOf(name);
  if (owner === undefined || owner === stack.name) return undefined;
  if (owner !== "test instances") return owner;
  if (stack.where !== "test") return owner;
  return belongsTo(stack.name, name) ? undefined : "another test instance";
}

/** A test instance's namespaces and hosts hold its name, or its label before the domain of its base. */
function belongsTo(instance: string, name: string): boolean {
  const [base = "", ...label] = instance.split("-");
  const own = new RegExp(`^packit--?${escaped(instance)}(?:-sandbox)?$`);
  const host = new RegExp(`^(?:[a-z]+-)*${escaped(label.join("-"))}\\.${base}\\.`);
  return own.test(name) || host.test(name);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
