import { ifThere } from "../../api/error";
import { given, type Kind } from "../../kind";
import { arn, tagEc2, tagsOf, tagSpecification } from "./common";

/** A network's way to the internet. */
export const internetGateway: Kind = {
  fields: { vpcId: { type: "string", inPlace: true } },
  outputs: ["arn", "ownerId"],
  tag: tagEc2,
  create: async (api, inputs) => {
    const made = await api.ec2("CreateInternetGateway", {
      TagSpecification: tagSpecification("internet-gateway", inputs.tagsAll),
    });
    const id = made.text("internetGateway", "internetGatewayId");
    const VpcId = given(inputs.vpcId);
    if (VpcId !== undefined) await api.ec2("AttachInternetGateway", { InternetGatewayId: id, VpcId });
    return { id };
  },
  read: async (api, id) => {
    const found = await ifThere(() => api.ec2("DescribeInternetGateways", { InternetGatewayId: [id] }));
    const item = found?.at("internetGatewaySet", "item");
    if (item === undefined) return undefined;
    const vpcId = item.text("attachmentSet", "item", "vpcId");
    return {
      arn: await arn(api, `internet-gateway/${id}`),
      ownerId: item.text("ownerId"),
      ...(vpcId === "" ? {} : { vpcId }),
      tagsAll: tagsOf(item),
    };
  },
  update: async (api, id, olds, news) => {
    const [before, after] = [given(olds.vpcId), given(news.vpcId)];
    if (before === after) return;
    if (before !== undefined)
      await api.ec2("DetachInternetGateway", { InternetGatewayId: id, VpcId: before });
    if (after !== undefined) await api.ec2("AttachInternetGateway", { InternetGatewayId: id, VpcId: after });
  },
  remove: async (api, id, state) => {
    const VpcId = given(state.vpcId);
    if (VpcId !== undefined) {
      await ifThere(() => api.ec2("DetachInternetGateway", { InternetGatewayId: id, VpcId }));
    }
    await api.ec2("DeleteInternetGateway", { InternetGatewayId: id });
  },
};
