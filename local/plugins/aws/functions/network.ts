import { given } from "../kind";
import { arn, tagsOf } from "../kinds/ec2/common";
import { type AwsFunction, filterFields, filtersOf } from "./function";

/** One network, such as the account's default one. */
export const getVpc: AwsFunction = {
  fields: {
    ...filterFields,
    id: { type: "string" },
    cidrBlock: { type: "string" },
    default: { type: "boolean" },
    state: { type: "string" },
  },
  answer: async (api, args) => {
    const Filter = filtersOf(args, {
      "vpc-id": given(args.id),
      cidr: given(args.cidrBlock),
      "is-default": given(args.default),
      state: given(args.state),
    });
    const found = (await api.ec2("DescribeVpcs", { Filter })).list("vpcSet");
    const [vpc] = found;
    if (vpc === undefined || found.length > 1) {
      throw new Error(
        `getVpc finds ${found.length} networks where one is wanted: narrow its filters or tags`,
      );
    }
    const id = vpc.text("vpcId");
    return {
      ...args,
      id,
      arn: await arn(api, `vpc/${id}`),
      cidrBlock: vpc.text("cidrBlock"),
      default: vpc.text("isDefault") === "true",
      dhcpOptionsId: vpc.text("dhcpOptionsId"),
      instanceTenancy: vpc.text("instanceTenancy"),
      ownerId: vpc.text("ownerId"),
      region: api.region,
      state: vpc.text("state"),
      tags: tagsOf(vpc),
    };
  },
};

/** The subnets that fit; none is an answer too. */
export const getSubnets: AwsFunction = {
  fields: filterFields,
  answer: async (api, args) => {
    const found = await api.ec2("DescribeSubnets", { Filter: filtersOf(args) });
    const ids = found.list("subnetSet").map((subnet) => subnet.text("subnetId"));
    return { ...args, id: api.region, region: api.region, ids };
  },
};
