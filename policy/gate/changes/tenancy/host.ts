import { EVERYWHERE } from "../../../where";
import { kindOf } from "../../kinds";
import type { Change, State } from "../../plan";
import { foreignOwner } from "../../stack";
import { each, type UnsafeChange } from "../../unsafe-change";
import { listAt, shown, textAt } from "../../values";

/** A host is claimed that belongs to another stack. */
export const foreignHost: UnsafeChange = {
  id: "tenancy/host",
  title: "A stack claims only hosts of its own",
  why: "the cluster sends the other stack's users and webhooks here, with their tokens",
  instead: "use the hosts that follow from the stack's name, or new ones that no stack has",
  where: EVERYWHERE,
  find: each(function* (change, { stack }) {
    const old = new Set(hostsOf(change, change.before));
    for (const host of hostsOf(change, change.after)) {
      if (old.has(host)) continue;
      const owner = foreignOwner(stack, host);
      if (owner !== undefined)
        yield { says: `it claims a host of ${owner}`, from: shown([...old][0]), to: shown(host) };
      else if (host.startsWith("*"))
        yield { says: "it claims every host of a domain", from: shown([...old][0]), to: shown(host) };
    }
  }),
};

function hostsOf(change: Change, state: State | undefined): string[] {
  const inputs = state?.inputs;
  switch (kindOf(change) ?? change.type) {
    case "Route":
      return [textAt(inputs, "spec", "host")].filter((host) => host !== undefined);
    case "Ingress":
      return [
        ...listAt(inputs, "spec", "rules").map((rule) => textAt(rule, "host")),
        ...listAt(inputs, "spec", "tls").flatMap((tls) =>
          listAt(tls, "hosts").map((host) => textAt({ host }, "host")),
        ),
      ].filter((host) => host !== undefined);
    case "aws:route53/record:Record":
      return [textAt(inputs, "name")].filter((name) => name !== undefined);
    default:
      return [];
  }
}
