import { type PlainProperties, textOf } from "../../../frame/values";
import type { Api } from "../../api/client";
import { ifThere } from "../../api/error";
import type { Kind } from "../../kind";
import { arn, filterBy, tagEc2, tagsOf, tagSpecification } from "./common";

/** AWS writes each of these by a call of its own. */
const switches = { enableDnsSupport: "EnableDnsSupport", enableDnsHostnames: "EnableDnsHostnames" } as const;

async function writeSwitches(api: Api, id: string, news: PlainProperties): Promise<void> {
  // DNS must be on before host names can be.
  for (const [input, name] of Object.entries(switches)) {
    await api.ec2("ModifyVpcAttribute", { VpcId: id, [name]: { Value: news[input] === true } });
  }
}

async function isOn(api: Api, id: string, input: keyof typeof switches): Promise<boolean> {
  const found = await api.ec2("DescribeVpcAttribute", { VpcId: id, Attribute: input });
  return found.text(input, "value") === "true";
}

/** A network of its own. */
export const vpc: Kind = {
  fields: {
    cidrBlock: { type: "string", required: true },
    enableDnsHostnames: { type: "boolean", default: false, inPlace: true },
    enableDnsSupport: { type: "boolean", default: true, inPlace: true },
    instanceTenancy: { type: "string", default: "default" },
  },
  outputs: ["arn", "defaultRouteTableId", "defaultSecurityGroupId", "mainRouteTableId", "ownerId"],
  tag: tagEc2,
  create: async (api, inputs) => {
    const made = await api.ec2("CreateVpc", {
      CidrBlock: textOf(inputs.cidrBlock),
      InstanceTenancy: textOf(inputs.instanceTenancy),
      TagSpecification: tagSpecification("vpc", inputs.tagsAll),
    });
    const id = made.text("vpc", "vpcId");
    await writeSwitches(api, id, inputs);
    return { id };
  },
  read: async (api, id) => {
    const found = await ifThere(() => api.ec2("DescribeVpcs", { VpcId: [id] }));
    const item = found?.at("vpcSet", "item");
    if (item === undefined) return undefined;
    const [tables, groups, enableDnsHostnames, enableDnsSupport, name] = await Promise.all([
      api.ec2("DescribeRouteTables", { Filter: filterBy({ "vpc-id": id, "association.main": "true" }) }),
      api.ec2("DescribeSecurityGroups", { Filter: filterBy({ "vpc-id": id, "group-name": "default" }) }),
      isOn(api, id, "enableDnsHostnames"),
      isOn(api, id, "enableDnsSupport"),
      arn(api, `vpc/${id}`),
    ]);
    const table = tables.text("routeTableSet", "item", "routeTableId");
    return {
      arn: name,
      cidrBlock: item.text("cidrBlock"),
      instanceTenancy: item.text("instanceTenancy"),
      enableDnsHostnames,
      enableDnsSupport,
      defaultRouteTableId: table,
      mainRouteTableId: table,
      defaultSecurityGroupId: groups.text("securityGroupInfo", "item", "groupId"),
      ownerId: item.text("ownerId"),
      tagsAll: tagsOf(item),
    };
  },
  update: (api, id, _olds, news) => writeSwitches(api, id, news),
  remove: async (api, id) => {
    await api.ec2("DeleteVpc", { VpcId: id });
  },
};
