import { EVERYWHERE } from "../../../where";
import type { Change, State } from "../../plan";
import { each, type UnsafeChange } from "../../unsafe-change";
import { at, isUnknown, listAt, shown, textAt } from "../../values";

/** A security group lets the whole world in. */
export const openToWorld: UnsafeChange = {
  id: "network/open",
  title: "No security group is opened to the world",
  why: "whatever listens behind it is found within minutes",
  instead: "name the addresses or the security group of those who have to get in",
  where: EVERYWHERE,
  find: each(function* (change) {
    const old = new Set([...admitted(change, change.before)].map(({ words }) => words));
    for (const { source, ports, words } of admitted(change, change.after)) {
      if (old.has(words)) continue;
      if (isUnknown(source)) {
        if (change.before !== undefined) yield { says: "whom it lets in is not known yet", undecided: true };
      } else if (typeof source === "string" && WORLD.test(source))
        yield { says: `it lets ${source} in at ${ports}`, to: source };
    }
  }),
};

/** All addresses, or half of them. */
const WORLD = /\/[01]$/;

interface Admitted {
  readonly source: unknown;
  readonly ports: string;
  readonly words: string;
}

function* admitted({ type }: Change, state: State | undefined): Iterable<Admitted> {
  const inputs = state?.inputs;
  const rules: readonly unknown[] =
    type === "aws:ec2/securityGroup:SecurityGroup"
      ? listAt(inputs, "ingress")
      : type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" ||
          (type === "aws:ec2/securityGroupRule:SecurityGroupRule" && textAt(inputs, "type") === "ingress")
        ? [inputs]
        : [];
  for (const rule of rules) {
    const sources = [
      ...listAt(rule, "cidrBlocks"),
      ...listAt(rule, "ipv6CidrBlocks"),
      at(rule, "cidrIpv4"),
      at(rule, "cidrIpv6"),
    ].filter((source) => source !== undefined && source !== null);
    const ports = portsOf(rule);
    for (const source of sources) yield { source, ports, words: `${shown(source)} ${ports}` };
  }
}

function portsOf(rule: unknown): string {
  const [from, to, protocol] = ["fromPort", "toPort"]
    .map((key) => at(rule, key))
    .concat(at(rule, "protocol") ?? at(rule, "ipProtocol"));
  if (protocol === "-1" || from === undefined) return "all ports";
  return from === to ? `port ${shown(from)}` : `ports ${shown(from)} to ${shown(to)}`;
}
