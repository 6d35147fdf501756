import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { subnetsOf } from "./subnets";

/** Zones that builders are spread over: a spot price or a lack of machines in one leaves the others. */
const ZONES = 3;

export interface BuilderNetworkArgs {
  /** Addresses of the network, for example `10.74.0.0/16`. */
  readonly cidr: string;
  /** Types of all pools: not every zone has every type. */
  readonly instanceTypes: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A network for builders alone. Its subnets give each machine a public address of IPv4: `resalloc-aws-new` passes no
 * flag for that, so without it every start would fail after 200 seconds.
 */
export class BuilderNetwork extends pulumi.ComponentResource {
  readonly vpc: pulumi.Output<string>;
  readonly subnets: readonly pulumi.Output<string>[];

  constructor(name: string, args: BuilderNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:BuilderNetwork", name, {}, opts);
    const { cidr, tags } = args;
    const child = { parent: this };
    const vpc = new aws.ec2.Vpc(name, { cidrBlock: cidr, enableDnsHostnames: true, tags }, child);
    const gateway = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags }, child);
    const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id, tags }, child);
    const route = new aws.ec2.Route(
      name,
      { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
      child,
    );
    const zones = zonesWith(args.instanceTypes, child);
    this.subnets = subnetsOf(cidr, ZONES).map((cidrBlock, index) => {
      const subnet = new aws.ec2.Subnet(
        `${name}-${index}`,
        {
          vpcId: vpc.id,
          cidrBlock,
          // A region with fewer zones has several subnets in one.
          availabilityZone: zones.apply((all) => all[index % all.length] ?? ""),
          mapPublicIpOnLaunch: true,
          tags,
        },
        // A subnet in use cannot go, so it stays where it is when AWS offers a type elsewhere too.
        { ...child, ignoreChanges: ["availabilityZone"] },
      );
      const association = new aws.ec2.RouteTableAssociation(
        `${name}-${index}`,
        { subnetId: subnet.id, routeTableId: table.id },
        child,
      );
      // Who puts a builder there wants it to have a way out.
      return pulumi.all([subnet.id, association.urn, route.urn]).apply(([id]) => id);
    });
    this.vpc = vpc.id;
    this.registerOutputs({ vpc: this.vpc });
  }
}

/** Zones that have all these types, in a fixed order. */
function zonesWith(
  instanceTypes: readonly string[],
  options: pulumi.InvokeOptions,
): pulumi.Output<readonly string[]> {
  const types = [...new Set(instanceTypes)];
  const offers = types.map((type) =>
    aws.ec2.getInstanceTypeOfferingsOutput(
      { locationType: "availability-zone", filters: [{ name: "instance-type", values: [type] }] },
      options,
    ),
  );
  return pulumi.all(offers.map(({ locations }) => locations)).apply((all) => {
    const [first = [], ...others] = all;
    const zones = first.filter((zone) => others.every((other) => other.includes(zone))).sort();
    if (zones.length === 0) {
      throw new Error(`no zone of the region has all of ${types.join(", ")}: choose other instance types`);
    }
    return zones;
  });
}
