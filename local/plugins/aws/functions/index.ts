import { getAvailabilityZones, getCallerIdentity } from "./account";
import type { AwsFunction } from "./function";
import { getAmi } from "./image";
import { getInstanceTypeOfferings } from "./instance-types";
import { getSubnets, getVpc } from "./network";

/** What the stand-in for `@pulumi/aws` looks up, by token. */
export const functions: Readonly<Record<string, AwsFunction>> = {
  "aws:ec2/getAmi:getAmi": getAmi,
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": getInstanceTypeOfferings,
  "aws:ec2/getSubnets:getSubnets": getSubnets,
  "aws:ec2/getVpc:getVpc": getVpc,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
};
