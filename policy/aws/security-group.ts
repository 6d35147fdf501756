import type { PolicyResource } from "../resource";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** What lets connections in. */
export const INGRESS: readonly string[] = [
  GROUP,
  RULE,
  INGRESS_RULE,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
];

/** What lets connections in or out. */
export const FIREWALL: readonly string[] = [GROUP, RULE, INGRESS_RULE, EGRESS_RULE];

interface Ports {
  readonly protocol?: string;
  readonly ipProtocol?: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

interface Admitting extends Ports {
  readonly type?: string;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly cidrBlocks?: readonly string[];
  readonly ipv6CidrBlocks?: readonly string[];
}

/** Who is let in where. */
export interface Admission {
  readonly networks: readonly string[];
  /** In words. */
  readonly ports: string;
}

/** Everything that a group or a rule of one lets in. */
export function admissionsOf({ type, inputs }: PolicyResource): Admission[] {
  if (type === RULE && (inputs as Admitting).type !== "ingress") return [];
  const { ingress } = inputs as { readonly ingress?: readonly Admitting[] };
  const rules = type === RULE || type === INGRESS_RULE ? [inputs as Admitting] : (ingress ?? []);
  return rules.map((rule) => {
    const { cidrIpv4, cidrIpv6, cidrBlocks = [], ipv6CidrBlocks = [] } = rule;
    const own = [cidrIpv4, cidrIpv6].filter((cidr) => cidr !== undefined);
    return { networks: [...own, ...cidrBlocks, ...ipv6CidrBlocks], ports: portsOf(rule) };
  });
}

function portsOf({ protocol, ipProtocol = protocol, fromPort, toPort = fromPort }: Ports): string {
  if (ipProtocol === "-1" || fromPort === undefined || toPort === undefined) return "every port";
  return fromPort === toPort ? `port ${fromPort}` : `ports ${fromPort} to ${toPort}`;
}
