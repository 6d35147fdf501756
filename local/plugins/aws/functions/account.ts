import { textList } from "../kind";
import { type AwsFunction, filterFields, filtersOf } from "./function";

/** Whose key is used. */
export const getCallerIdentity: AwsFunction = {
  fields: { id: { type: "string" } },
  answer: async (api) => {
    const found = (await api.sts("GetCallerIdentity")).at("GetCallerIdentityResult");
    const accountId = found?.text("Account") ?? "";
    return { id: accountId, accountId, arn: found?.text("Arn") ?? "", userId: found?.text("UserId") ?? "" };
  },
};

/** The zones of a region. */
export const getAvailabilityZones: AwsFunction = {
  fields: {
    ...filterFields,
    state: { type: "string" },
    allAvailabilityZones: { type: "boolean" },
    excludeNames: { type: "strings" },
    excludeZoneIds: { type: "strings" },
  },
  answer: async (api, args) => {
    const found = await api.ec2("DescribeAvailabilityZones", { Filter: filtersOf(args) });
    const [names, ids] = [textList(args.excludeNames), textList(args.excludeZoneIds)];
    const zones = found
      .list("availabilityZoneInfo")
      .filter((zone) => args.state === undefined || zone.text("zoneState") === args.state)
      .filter((zone) => !names.includes(zone.text("zoneName")) && !ids.includes(zone.text("zoneId")));
    return {
      ...args,
      id: api.region,
      region: api.region,
      names: zones.map((zone) => zone.text("zoneName")),
      zoneIds: zones.map((zone) => zone.text("zoneId")),
      groupNames: [...new Set(zones.map((zone) => zone.text("groupName")).filter((name) => name !== ""))],
    };
  },
};
