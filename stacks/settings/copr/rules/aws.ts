import { setCommand } from "../../fixes";
import type { CoprRule } from "./rule";

/** A shared Copr says in which account its builders are: whatever credentials lie around, no other gets them. */
export const accountIsNamed: CoprRule = ({ stack, written, local }) => {
  const { aws, builders } = written;
  if (!builders.enabled || local || stack.deployment === "dev" || aws.account !== undefined) return [];
  return [
    {
      path: ["aws", "account"],
      problem: `is missing, and builders of ${stack.name} are in an account of AWS`,
      allowed: "the 12 digits of an account",
      fix: `${setCommand(stack, ["aws", "account"], "123456789012")}\nor, to try it on this machine: LOCAL=1`,
    },
  ];
};

/** Builders in a real account can be reached by the cluster, and by nobody else. */
export const sshIsTheClusters: CoprRule = ({ stack, written: { aws, builders } }) => {
  if (!builders.enabled || aws.account === undefined) return [];
  const path = ["aws", "clusterEgress"];
  const fix = setCommand(stack, path, '["192.0.2.10/32"]');
  const allowed = "the addresses of the cluster's way out";
  if (aws.clusterEgress.length === 0) {
    return [{ path, problem: "is empty, so the cluster could not reach builders", allowed, fix }];
  }
  const wide = aws.clusterEgress.filter((network) => Number(network.split("/")[1]) < 8);
  return wide.map((network) => ({
    path,
    problem: "lets the whole internet try the builders' SSH",
    seen: network,
    allowed,
    fix,
  }));
};

/** A network that is there comes with its subnets, and one that the stack makes with none. */
export const networkIsWhole: CoprRule = ({ stack, written: { aws } }) => {
  const { vpc, subnets } = aws.network;
  if ((vpc === undefined) === (subnets.length === 0)) return [];
  return vpc === undefined
    ? [
        {
          path: ["aws", "network", "vpc"],
          problem: "is missing, and subnets are named",
          fix: setCommand(stack, ["aws", "network", "vpc"], "vpc-0a1b2c3d4e5f60718"),
        },
      ]
    : [
        {
          path: ["aws", "network", "subnets"],
          problem: "is empty, so builders have no place in the network",
          fix: setCommand(stack, ["aws", "network", "subnets"], '["subnet-0b853a75"]'),
        },
      ];
};

/** A network that the stack makes is of a size that AWS makes, with room for its subnets. */
export const networkIsOfASize: CoprRule = ({ stack, written: { aws, builders } }) => {
  const { cidr, vpc } = aws.network;
  const size = Number(cidr.split("/")[1]);
  if (!builders.enabled || vpc !== undefined || (size >= 16 && size <= 26)) return [];
  return [
    {
      path: ["aws", "network", "cidr"],
      problem: "is a network of a size that AWS does not make, or without room for subnets",
      seen: cidr,
      allowed: "a size from /16 to /26",
      fix: setCommand(stack, ["aws", "network", "cidr"], "10.74.0.0/16"),
    },
  ];
};

/** The tag that keeps stacks apart is the stack's own to set. */
export const stackTagIsFree: CoprRule = ({ stack, written: { aws } }) =>
  Object.keys(aws.tags)
    // IAM compares keys of tags in any case.
    .filter((key) => ["copr-stack", "name"].includes(key.toLowerCase()))
    .map((key) => ({
      path: ["aws", "tags", key],
      problem: "is a tag by which the stack and resalloc find their machines",
      fix: `pulumi config rm -s ${stack.name} --path packit:aws.tags.${key}`,
    }));

/** No shared Copr takes a server on somebody's machine for AWS. */
export const standInIsForTrials: CoprRule = ({ stack, written, local }) => {
  const { endpoint } = written.aws;
  if (endpoint === undefined || local || stack.deployment === "dev") return [];
  return [
    {
      path: ["aws", "endpoint"],
      problem: "stands in for AWS, and this Copr's builders are for others too",
      seen: endpoint,
      fix: `pulumi config rm -s ${stack.name} --path packit:aws.endpoint`,
    },
  ];
};
