import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface BuilderFirewallArgs {
  /** Network of the builders. */
  readonly vpc: pulumi.Input<string>;
  /** Networks from which the cluster comes, for example `192.0.2.10/32`. */
  readonly clusterEgress: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Whom builders talk to: the cluster reaches their SSH and nobody anything else; they reach what builds need. */
export class BuilderFirewall extends pulumi.ComponentResource {
  /** Id of the security group. */
  readonly securityGroup: pulumi.Output<string>;

  /** @param name - What the group's name begins with. */
  constructor(name: string, args: BuilderFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("packit:copr:BuilderFirewall", name, {}, opts);
    const { vpc, clusterEgress, tags } = args;
    const child = { parent: this };
    const group = new aws.ec2.SecurityGroup(
      name,
      // A description cannot be changed, so it says nothing that could.
      { vpcId: vpc, description: "Builders of one Copr", tags },
      child,
    );
    for (const network of clusterEgress) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-ssh-${network}`,
        {
          securityGroupId: group.id,
          description: "SSH from the cluster",
          cidrIpv4: network,
          ipProtocol: "tcp",
          fromPort: 22,
          toPort: 22,
          tags,
        },
        child,
      );
    }
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-out`,
      {
        securityGroupId: group.id,
        description: "Packages, sources and results",
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "-1",
        tags,
      },
      child,
    );
    this.securityGroup = group.id;
    this.registerOutputs({ securityGroup: this.securityGroup });
  }
}
