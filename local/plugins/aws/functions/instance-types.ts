import { given } from "../kind";
import { type AwsFunction, filterFields, filtersOf } from "./function";

/** Which instance types there are where. */
export const getInstanceTypeOfferings: AwsFunction = {
  fields: {
    region: filterFields.region ?? { type: "string" },
    filters: filterFields.filters ?? { type: "objects" },
    locationType: { type: "string", default: "region" },
  },
  answer: async (api, args) => {
    const found = await api.ec2("DescribeInstanceTypeOfferings", {
      LocationType: given(args.locationType),
      Filter: filtersOf(args),
    });
    const offers = found.list("instanceTypeOfferingSet");
    const every = (name: string): string[] => offers.map((offer) => offer.text(name));
    return {
      ...args,
      id: api.region,
      region: api.region,
      instanceTypes: every("instanceType"),
      locations: every("location"),
      locationTypes: every("locationType"),
    };
  },
};
