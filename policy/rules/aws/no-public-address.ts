import { isOn, MACHINES, type Machine } from "../../aws/machines";
import type { ResourceRule } from "../../rule";
import { EVERYWHERE } from "../../where";

/** Machines have no public address. */
export const noPublicAddress: ResourceRule = {
  id: "aws/no-public-address",
  title: "Machines have no public address",
  why: "every scan of the internet finds builders, whose users are root in their builds",
  fix: "put them into subnets of their own and leave associatePublicIpAddress off",
  severity: "high",
  kinds: MACHINES,
  covers: ["aws/CKV_AWS_88"],
  counterparts: {
    checkov: ["CKV_AWS_88"],
  },
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *check(resource) {
    const { associatePublicIpAddress, networkInterfaces = [] } = resource.inputs as Machine;
    const all = [associatePublicIpAddress, ...networkInterfaces.map((one) => one.associatePublicIpAddress)];
    if (all.some(isOn)) yield "it gets a public address";
  },
};
