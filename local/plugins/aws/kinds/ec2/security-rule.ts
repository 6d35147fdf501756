import { type PlainProperties, textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import { given, type Kind } from "../../kind";
import { arn, tagEc2, tagsOf, tagSpecification } from "./common";
import { type Direction, permission, ports, readRule, type Rule } from "./rules";

/** The inputs that name a rule's peer, by AWS's name for it. */
const peers = {
  cidrIpv4: "cidrIpv4",
  cidrIpv6: "cidrIpv6",
  prefixListId: "prefixListId",
  referencedSecurityGroupId: "referencedGroupId",
} as const;

type Peer = keyof typeof peers;
const peerNames = Object.keys(peers) as Peer[];

function ruleOf(inputs: PlainProperties): Rule {
  const input = peerNames.find((name) => given(inputs[name]) !== undefined) ?? "cidrIpv4";
  const { fromPort, toPort, ipProtocol, description } = inputs;
  return {
    ...ports(textOf(ipProtocol), Number(fromPort ?? -1), Number(toPort ?? -1)),
    peer: peers[input],
    value: textOf(inputs[input]),
    description: textOf(description),
  };
}

/** A single rule of a security group, for connections in or out. */
export function securityRule(direction: Direction): Kind {
  return {
    fields: {
      securityGroupId: { type: "string", required: true },
      ipProtocol: { type: "string", required: true },
      fromPort: { type: "number" },
      toPort: { type: "number" },
      cidrIpv4: { type: "string" },
      cidrIpv6: { type: "string" },
      prefixListId: { type: "string" },
      referencedSecurityGroupId: { type: "string" },
      description: { type: "string", inPlace: true },
    },
    outputs: ["arn", "securityGroupRuleId"],
    tag: tagEc2,
    conflicts: (inputs) => {
      const given = peerNames.filter((name) => (inputs[name] ?? null) !== null);
      const reasons = given.length === 1 ? [] : [`exactly one of ${peerNames.join(", ")} is required`];
      const open = inputs.ipProtocol === "-1" || inputs.ipProtocol === "all";
      const ranged = inputs.fromPort !== undefined && inputs.toPort !== undefined;
      if (!open && !ranged) reasons.push('"fromPort" and "toPort" are required, unless "ipProtocol" is "-1"');
      return reasons;
    },
    create: async (api, inputs) => {
      const group = textOf(inputs.securityGroupId);
      const made = await api.ec2(`AuthorizeSecurityGroup${direction}`, {
        GroupId: group,
        IpPermissions: [permission(ruleOf(inputs), group)],
        TagSpecification: tagSpecification("security-group-rule", inputs.tagsAll),
      });
      return { id: made.text("securityGroupRuleSet", "item", "securityGroupRuleId") };
    },
    read: async (api, id) => {
      const found = await ifThere(() => api.ec2("DescribeSecurityGroupRules", { SecurityGroupRuleId: [id] }));
      const item = found?.at("securityGroupRuleSet", "item");
      if (item === undefined) return undefined;
      const { protocol, fromPort, toPort, peer, value, description } = readRule(item, "");
      const input = peerNames.find((name) => peers[name] === peer) ?? "cidrIpv4";
      return {
        securityGroupId: item.text("groupId"),
        ipProtocol: protocol,
        ...(protocol === "-1" ? {} : { fromPort, toPort }),
        [input]: value,
        ...(description === "" ? {} : { description }),
        securityGroupRuleId: id,
        arn: await arn(api, `security-group-rule/${id}`),
        tagsAll: tagsOf(item),
      };
    },
    update: async (api, _id, _olds, news) => {
      const group = textOf(news.securityGroupId);
      await api.ec2(`UpdateSecurityGroupRuleDescriptions${direction}`, {
        GroupId: group,
        IpPermissions: [permission(ruleOf(news), group)],
      });
    },
    remove: async (api, id, state) => {
      const GroupId = textOf(state.securityGroupId);
      await api.ec2(`RevokeSecurityGroup${direction}`, { GroupId, SecurityGroupRuleId: [id] });
    },
  };
}
