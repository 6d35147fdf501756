import type { Fields } from "../../../frame/fields";
import type { Plain, PlainProperties } from "../../../frame/values";
import { isProperties, textOf } from "../../../frame/values";
import type { Api } from "../../api/client";
import type { Parameter } from "../../api/query";
import type { Xml } from "../../api/xml";
import { given, textList } from "../../kind";
import { filterBy } from "./common";

export type Direction = "Ingress" | "Egress";

/** One rule of a security group, as AWS keeps it: one protocol, one range of ports, one peer. */
export interface Rule {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: "cidrIpv4" | "cidrIpv6" | "prefixListId" | "referencedGroupId";
  /** An address range or an id; empty for the group itself. */
  readonly value: string;
  readonly description: string;
}

/** The fields of a rule that stands in its group's inputs. */
export const inlineFields: Fields = {
  protocol: { type: "string", required: true },
  fromPort: { type: "number", required: true },
  toPort: { type: "number", required: true },
  cidrBlocks: { type: "strings" },
  ipv6CidrBlocks: { type: "strings" },
  prefixListIds: { type: "strings" },
  securityGroups: { type: "strings" },
  self: { type: "boolean", default: false },
  description: { type: "string" },
};

/** The single rules of what stands in a group's inputs. */
export function rulesOf(items: Plain): Rule[] {
  return (Array.isArray(items) ? items : []).filter((item) => isProperties(item)).flatMap(single);
}

function single(item: PlainProperties): Rule[] {
  const base = ports(textOf(item.protocol), Number(item.fromPort), Number(item.toPort));
  const of = (peer: Rule["peer"], values: readonly string[]): Rule[] =>
    values.map((value) => ({ ...base, peer, value, description: textOf(item.description) }));
  return [
    ...of("cidrIpv4", textList(item.cidrBlocks)),
    ...of("cidrIpv6", textList(item.ipv6CidrBlocks)),
    ...of("prefixListId", textList(item.prefixListIds)),
    ...of("referencedGroupId", [...textList(item.securityGroups), ...(item.self === true ? [""] : [])]),
  ];
}

/** All protocols have all ports, however the ports are written. */
export function ports(
  protocol: string,
  fromPort: number,
  toPort: number,
): Pick<Rule, "protocol" | "fromPort" | "toPort"> {
  const all = protocol === "-1" || protocol === "all";
  return all
    ? { protocol: "-1", fromPort: -1, toPort: -1 }
    : { protocol: protocol.toLowerCase(), fromPort, toPort };
}

/** A rule as it stands in a group's inputs. */
export function inline({ protocol, fromPort, toPort, peer, value, description }: Rule): PlainProperties {
  const port = (number: number): number => (protocol === "-1" ? 0 : number);
  return {
    protocol,
    fromPort: port(fromPort),
    toPort: port(toPort),
    self: peer === "referencedGroupId" && value === "",
    ...(peer === "cidrIpv4" ? { cidrBlocks: [value] } : {}),
    ...(peer === "cidrIpv6" ? { ipv6CidrBlocks: [value] } : {}),
    ...(peer === "prefixListId" ? { prefixListIds: [value] } : {}),
    ...(peer === "referencedGroupId" && value !== "" ? { securityGroups: [value] } : {}),
    ...(description === "" ? {} : { description }),
  };
}

/** A rule as a text to compare by. */
export function ruleText(rule: Rule): string {
  const { protocol, fromPort, toPort, peer, value, description } = rule;
  return JSON.stringify([protocol, fromPort, toPort, peer, value, description]);
}

/** A rule in an answer of EC2's; one that names the group itself has an empty value. */
export function readRule(found: Xml, groupId: string): Rule {
  const group = found.text("referencedGroupInfo", "groupId");
  const peer = (["cidrIpv4", "cidrIpv6", "prefixListId"] as const).find((name) => found.text(name) !== "");
  return {
    ...ports(found.text("ipProtocol"), Number(found.text("fromPort")), Number(found.text("toPort"))),
    peer: peer ?? "referencedGroupId",
    value: peer === undefined ? (group === groupId ? "" : group) : found.text(peer),
    description: found.text("description"),
  };
}

/** The rules that a group has. */
export async function standingRules(api: Api, groupId: string, direction: Direction): Promise<Rule[]> {
  const found = await api.ec2("DescribeSecurityGroupRules", { Filter: filterBy({ "group-id": groupId }) });
  return found
    .list("securityGroupRuleSet")
    .filter((rule) => rule.text("isEgress") === String(direction === "Egress"))
    .map((rule) => readRule(rule, groupId));
}

/** A rule as a parameter of EC2's calls. */
export function permission(rule: Rule, groupId: string): Parameter {
  const Description = given(rule.description);
  const value = rule.value === "" ? groupId : rule.value;
  const peers: Record<Rule["peer"], Parameter> = {
    cidrIpv4: { IpRanges: [{ CidrIp: value, Description }] },
    cidrIpv6: { Ipv6Ranges: [{ CidrIpv6: value, Description }] },
    prefixListId: { PrefixListIds: [{ PrefixListId: value, Description }] },
    referencedGroupId: { Groups: [{ GroupId: value, Description }] },
  };
  const range = rule.protocol === "-1" ? {} : { FromPort: rule.fromPort, ToPort: rule.toPort };
  return {
    IpProtocol: rule.protocol,
    ...range,
    ...(peers[rule.peer] as Readonly<Record<string, Parameter>>),
  };
}

/** Makes a group's rules of one direction those that are wanted. */
export async function setRules(
  api: Api,
  groupId: string,
  direction: Direction,
  wanted: readonly Rule[],
): Promise<void> {
  const standing = await standingRules(api, groupId, direction);
  const texts = new Set(wanted.map(ruleText));
  const there = new Set(standing.map(ruleText));
  const change = async (verb: "Revoke" | "Authorize", rules: readonly Rule[]): Promise<void> => {
    if (rules.length === 0) return;
    const IpPermissions = rules.map((rule) => permission(rule, groupId));
    await api.ec2(`${verb}SecurityGroup${direction}`, { GroupId: groupId, IpPermissions });
  };
  await change(
    "Revoke",
    standing.filter((rule) => !texts.has(ruleText(rule))),
  );
  await change(
    "Authorize",
    wanted.filter((rule) => !there.has(ruleText(rule))),
  );
}
