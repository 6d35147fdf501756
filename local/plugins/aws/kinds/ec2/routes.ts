import { textOf } from "../../../frame/values";
import type { Api } from "../../api/client";
import { ifThere } from "../../api/error";
import type { Xml } from "../../api/xml";
import type { Kind } from "../../kind";
import { arn, filterBy, tagEc2, tagsOf, tagSpecification } from "./common";

async function tableOf(api: Api, id: string): Promise<Xml | undefined> {
  const found = await ifThere(() => api.ec2("DescribeRouteTables", { RouteTableId: [id] }));
  return found?.at("routeTableSet", "item");
}

/** Where a subnet's packets go; its routes are resources of their own. */
export const routeTable: Kind = {
  fields: { vpcId: { type: "string", required: true } },
  outputs: ["arn", "ownerId"],
  tag: tagEc2,
  create: async (api, inputs) => {
    const made = await api.ec2("CreateRouteTable", {
      VpcId: textOf(inputs.vpcId),
      TagSpecification: tagSpecification("route-table", inputs.tagsAll),
    });
    return { id: made.text("routeTable", "routeTableId") };
  },
  read: async (api, id) => {
    const table = await tableOf(api, id);
    if (table === undefined) return undefined;
    return {
      arn: await arn(api, `route-table/${id}`),
      vpcId: table.text("vpcId"),
      ownerId: table.text("ownerId"),
      tagsAll: tagsOf(table),
    };
  },
  remove: async (api, id) => {
    await api.ec2("DeleteRouteTable", { RouteTableId: id });
  },
};

/** One route of a table, to an internet gateway; the id is `r-<table>-<destination>`. */
export const route: Kind = {
  fields: {
    routeTableId: { type: "string", required: true },
    destinationCidrBlock: { type: "string", required: true },
    gatewayId: { type: "string", required: true, inPlace: true },
  },
  outputs: ["origin", "state"],
  create: async (api, { routeTableId, destinationCidrBlock, gatewayId }) => {
    const [RouteTableId, DestinationCidrBlock] = [textOf(routeTableId), textOf(destinationCidrBlock)];
    await api.ec2("CreateRoute", { RouteTableId, DestinationCidrBlock, GatewayId: textOf(gatewayId) });
    return { id: `r-${RouteTableId}-${DestinationCidrBlock}` };
  },
  read: async (api, _id, { routeTableId, destinationCidrBlock }) => {
    const table = await tableOf(api, textOf(routeTableId));
    const found = table
      ?.list("routeSet")
      .find((item) => item.text("destinationCidrBlock") === textOf(destinationCidrBlock));
    if (found === undefined) return undefined;
    return {
      gatewayId: found.text("gatewayId"),
      origin: found.text("origin"),
      state: found.text("state"),
    };
  },
  update: async (api, _id, _olds, { routeTableId, destinationCidrBlock, gatewayId }) => {
    await api.ec2("ReplaceRoute", {
      RouteTableId: textOf(routeTableId),
      DestinationCidrBlock: textOf(destinationCidrBlock),
      GatewayId: textOf(gatewayId),
    });
  },
  remove: async (api, _id, { routeTableId, destinationCidrBlock }) => {
    await api.ec2("DeleteRoute", {
      RouteTableId: textOf(routeTableId),
      DestinationCidrBlock: textOf(destinationCidrBlock),
    });
  },
};

/** That a subnet uses a table. */
export const routeTableAssociation: Kind = {
  fields: {
    routeTableId: { type: "string", required: true },
    subnetId: { type: "string", required: true },
  },
  outputs: [],
  // A subnet uses one table at a time.
  deleteFirst: true,
  create: async (api, { routeTableId, subnetId }) => {
    const made = await api.ec2("AssociateRouteTable", {
      RouteTableId: textOf(routeTableId),
      SubnetId: textOf(subnetId),
    });
    return { id: made.text("associationId") };
  },
  read: async (api, id) => {
    const filter = filterBy({ "association.route-table-association-id": id });
    const found = await api.ec2("DescribeRouteTables", { Filter: filter });
    const association = found
      .list("routeTableSet")
      .flatMap((table) => table.list("associationSet"))
      .find((item) => item.text("routeTableAssociationId") === id);
    if (association === undefined) return undefined;
    return { routeTableId: association.text("routeTableId"), subnetId: association.text("subnetId") };
  },
  remove: async (api, id) => {
    await api.ec2("DisassociateRouteTable", { AssociationId: id });
  },
};
