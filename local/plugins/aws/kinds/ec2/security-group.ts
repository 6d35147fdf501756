import { type Plain, type PlainProperties, textOf } from "../../../frame/values";
import type { Api } from "../../api/client";
import { ifThere } from "../../api/error";
import { given, type Kind } from "../../kind";
import { arn, tagEc2, tagsOf, tagSpecification } from "./common";
import { inline, inlineFields, rulesOf, ruleText, setRules, standingRules } from "./rules";

const sameRules = (a: Plain, b: Plain): boolean => {
  const text = (items: Plain): string => rulesOf(items).map(ruleText).sort().join("\n");
  return text(a) === text(b);
};

/** Rules that stand in the group's inputs; a direction that is not given is left to rules of their own. */
async function writeRules(api: Api, id: string, olds: PlainProperties, news: PlainProperties): Promise<void> {
  if (news.ingress !== undefined || olds.ingress !== undefined) {
    await setRules(api, id, "Ingress", rulesOf(news.ingress ?? []));
  }
  if (news.egress !== undefined || olds.egress !== undefined) {
    await setRules(api, id, "Egress", rulesOf(news.egress ?? []));
  }
}

/** Which connections an instance may take and make. */
export const securityGroup: Kind = {
  fields: {
    name: { type: "string" },
    namePrefix: { type: "string" },
    description: { type: "string", default: "Managed by Pulumi" },
    vpcId: { type: "string" },
    ingress: { type: "objects", fields: inlineFields, inPlace: true },
    egress: { type: "objects", fields: inlineFields, inPlace: true },
    revokeRulesOnDelete: { type: "boolean", default: false, inPlace: true },
  },
  outputs: ["arn", "ownerId", "vpcId"],
  named: { field: "name", prefix: "namePrefix" },
  tag: tagEc2,
  same: { ingress: sameRules, egress: sameRules },
  create: async (api, inputs) => {
    const made = await api.ec2("CreateSecurityGroup", {
      GroupName: textOf(inputs.name),
      GroupDescription: textOf(inputs.description),
      VpcId: given(inputs.vpcId),
      TagSpecification: tagSpecification("security-group", inputs.tagsAll),
    });
    const id = made.text("groupId");
    // AWS opens a new group to the outside; as with the official plugin only what is given is open.
    await setRules(api, id, "Egress", rulesOf(inputs.egress ?? []));
    await writeRules(api, id, {}, inputs);
    return { id };
  },
  read: async (api, id) => {
    const found = await ifThere(() => api.ec2("DescribeSecurityGroups", { GroupId: [id] }));
    const group = found?.at("securityGroupInfo", "item");
    if (group === undefined) return undefined;
    const [ingress, egress] = await Promise.all([
      standingRules(api, id, "Ingress"),
      standingRules(api, id, "Egress"),
    ]);
    return {
      name: group.text("groupName"),
      description: group.text("groupDescription"),
      vpcId: group.text("vpcId"),
      ownerId: group.text("ownerId"),
      arn: await arn(api, `security-group/${id}`),
      ingress: ingress.map(inline),
      egress: egress.map(inline),
      tagsAll: tagsOf(group),
    };
  },
  update: writeRules,
  remove: async (api, id, state) => {
    if (state.revokeRulesOnDelete === true) {
      await setRules(api, id, "Ingress", []);
      await setRules(api, id, "Egress", []);
    }
    await api.ec2("DeleteSecurityGroup", { GroupId: id });
  },
};
