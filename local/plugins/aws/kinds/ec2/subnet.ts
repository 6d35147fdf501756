import { textOf } from "../../../frame/values";
import { ifThere } from "../../api/error";
import { given, type Kind } from "../../kind";
import { tagEc2, tagsOf, tagSpecification } from "./common";

/** The part of a network that lies in one zone. */
export const subnet: Kind = {
  fields: {
    vpcId: { type: "string", required: true },
    cidrBlock: { type: "string", required: true },
    availabilityZone: { type: "string" },
    availabilityZoneId: { type: "string" },
    mapPublicIpOnLaunch: { type: "boolean", default: false, inPlace: true },
  },
  outputs: ["arn", "availabilityZone", "availabilityZoneId", "ownerId"],
  deleteFirst: true,
  tag: tagEc2,
  create: async (api, inputs) => {
    const made = await api.ec2("CreateSubnet", {
      VpcId: textOf(inputs.vpcId),
      CidrBlock: textOf(inputs.cidrBlock),
      AvailabilityZone: given(inputs.availabilityZone),
      AvailabilityZoneId: given(inputs.availabilityZoneId),
      TagSpecification: tagSpecification("subnet", inputs.tagsAll),
    });
    const SubnetId = made.text("subnet", "subnetId");
    if (inputs.mapPublicIpOnLaunch === true) {
      await api.ec2("ModifySubnetAttribute", { SubnetId, MapPublicIpOnLaunch: { Value: true } });
    }
    return { id: SubnetId };
  },
  read: async (api, id) => {
    const found = await ifThere(() => api.ec2("DescribeSubnets", { SubnetId: [id] }));
    const item = found?.at("subnetSet", "item");
    if (item === undefined) return undefined;
    return {
      arn: item.text("subnetArn"),
      vpcId: item.text("vpcId"),
      cidrBlock: item.text("cidrBlock"),
      availabilityZone: item.text("availabilityZone"),
      availabilityZoneId: item.text("availabilityZoneId"),
      mapPublicIpOnLaunch: item.text("mapPublicIpOnLaunch") === "true",
      ownerId: item.text("ownerId"),
      tagsAll: tagsOf(item),
    };
  },
  update: async (api, id, _olds, news) => {
    const Value = news.mapPublicIpOnLaunch === true;
    await api.ec2("ModifySubnetAttribute", { SubnetId: id, MapPublicIpOnLaunch: { Value } });
  },
  remove: async (api, id) => {
    await api.ec2("DeleteSubnet", { SubnetId: id });
  },
};
