import { EVERYWHERE } from "../../../where";
import { namespaceOf, objectName, isNamespace } from "../../kinds";
import type { Change } from "../../plan";
import { foreignOwner } from "../../stack";
import { plain } from "../../text";
import { each, type Problem, type UnsafeChange } from "../../unsafe-change";
import { at, isUnknown, shown } from "../../values";

/** A resource goes to a provider, cluster or namespace that is not this stack's. */
export const elsewhere: UnsafeChange = {
  id: "tenancy/elsewhere",
  title: "A stack stays in its own cluster and namespaces",
  why: "it would leave everything behind where it was, and change what belongs to somebody else",
  instead: "give the stack its own namespace and cluster back in the settings; move by a second environment",
  where: EVERYWHERE,
  find: each(function* (change, { stack }) {
    yield* otherCluster(change);
    const { before, after } = change;
    if (before?.provider !== undefined && after?.provider !== undefined) {
      const [from, to] = [providerOf(before.provider), providerOf(after.provider)];
      if (from !== to) yield { says: "it goes to another provider", from: plain(from), to: plain(to) };
    }
    if (after === undefined || stack.where === "test") return;
    const place = isNamespace(change) ? objectName(after) : namespaceOf(after);
    const old = isNamespace(change) ? objectName(before) : namespaceOf(before);
    if (place === undefined || place === old) return;
    if (isUnknown(place)) {
      if (old !== undefined) yield { says: "its namespace is not known yet", from: old, undecided: true };
      return;
    }
    const owner = foreignOwner(stack, place);
    if (owner !== undefined)
      yield { says: `it goes to a namespace of ${owner}`, from: shown(old), to: shown(place) };
  }),
};

/** What makes a provider lead to another cluster or account. A kubeconfig's contents are secret. */
const LEADS = ["kubeconfig", "context", "cluster", "region", "profile", "allowedAccountIds", "assumeRole"];

function* otherCluster({ type, before, after, action }: Change): Iterable<Omit<Problem, "change">> {
  if (!type.startsWith("pulumi:providers:") || before === undefined || after === undefined) return;
  for (const field of LEADS) {
    const [from, to] = [at(before.inputs, field), at(after.inputs, field)];
    if (JSON.stringify(from) === JSON.stringify(to) || from === undefined) continue;
    const hidden = field === "kubeconfig" && [from, to].some((value) => /[\n{]/.test(String(value)));
    yield {
      says: `its provider's ${field} changes`,
      from: hidden ? "one kubeconfig" : shown(from),
      to: hidden ? "another kubeconfig" : shown(to),
      lost: "everything in the old place, which no stack looks after any more",
      ...(isUnknown(to) && { undecided: true }),
    };
  }
  if (action === "replace" && LEADS.every((field) => at(before.inputs, field) === at(after.inputs, field)))
    yield {
      says: "its provider is replaced, and with it everything that it has made",
      lost: "the whole stack",
    };
}

/** The provider's URN without its id, which changes with every update of it. */
function providerOf(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}
