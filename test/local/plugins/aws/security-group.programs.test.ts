import assert from "node:assert/strict";
import { awsLab, holdings } from "./support";

const program = (port = 22, more = "") => `
  const tags = { stack: "a" };
  const group = new aws.ec2.SecurityGroup("builders", {
    description: "Builders",
    ingress: [
      { protocol: "tcp", fromPort: ${port}, toPort: ${port}, cidrBlocks: ["192.0.2.7/32", "192.0.2.1/32"], description: "SSH", ${more} },
      { protocol: "icmp", fromPort: -1, toPort: -1, self: true },
    ],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
    tags,
  }, opts());
  const closed = new aws.ec2.SecurityGroup("closed", {}, opts());
  const ssh = new aws.vpc.SecurityGroupIngressRule("ssh", {
    securityGroupId: closed.id, ipProtocol: "tcp", fromPort: ${port}, toPort: ${port}, cidrIpv4: "192.0.2.7/32",
    description: "from ${port}", tags,
  }, opts());
  new aws.vpc.SecurityGroupEgressRule("web", {
    securityGroupId: closed.id, ipProtocol: "-1", referencedSecurityGroupId: group.id,
  }, opts());`;

describe("the stand-in for aws: security groups, in the real engine", function () {
  this.timeout(180_000);
  const lab = awsLab();
  let empty = "";
  before(async () => {
    empty = await holdings(lab().api);
  });

  /** The rules of a group as the server has them. */
  const rules = async (name: string): Promise<string[]> => {
    const { stack, api } = lab();
    const id = stack.resource(name).id ?? "";
    const found = await api.ec2("DescribeSecurityGroupRules", {
      Filter: [{ Name: "group-id", Value: [id] }],
    });
    return found
      .list("securityGroupRuleSet")
      .map((rule) => {
        const peer = rule.text("cidrIpv4") || rule.text("referencedGroupInfo", "groupId");
        const way = rule.text("isEgress") === "true" ? "to" : "from";
        return `${way} ${peer === id ? "itself" : peer} ${rule.text("ipProtocol")} ${rule.text("fromPort")} ${rule.text("description")}`.trim();
      })
      .sort();
  };

  it("have exactly the rules that are given, in their own inputs or as resources", async () => {
    const { stack, write } = lab();
    write(program());
    await stack.up();
    const open = stack.resource("builders").id ?? "";
    assert.match(open, /^sg-/);
    assert.deepEqual(await rules("builders"), [
      "from 192.0.2.1/32 tcp 22 SSH",
      "from 192.0.2.7/32 tcp 22 SSH",
      "from itself icmp -1",
      "to 0.0.0.0/0 -1 -1",
    ]);
    assert.deepEqual(await rules("closed"), ["from 192.0.2.7/32 tcp 22 from 22", `to ${open} -1 -1`]);
    const { outputs } = stack.resource("ssh");
    assert.match(String(outputs.securityGroupRuleId), /^sgr-/);
    assert.deepEqual(outputs.tagsAll, { project: "copr", stack: "a" });
  });

  it("need no change, also after a refresh", async () => {
    const { code, output } = await lab().stack.preview("--refresh", "--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("follow the program, and lose what somebody else has opened", async () => {
    const { stack, write, api } = lab();
    const GroupId = stack.resource("builders").id ?? "";
    const stray = { IpProtocol: "tcp", FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
    await api.ec2("AuthorizeSecurityGroupIngress", { GroupId, IpPermissions: [stray] });
    write(program(2222));
    const output = await stack.up("--refresh");
    assert.match(output, /~ 1 updated/);
    assert.match(output, /1 replaced/);
    assert.deepEqual(await rules("builders"), [
      "from 192.0.2.1/32 tcp 2222 SSH",
      "from 192.0.2.7/32 tcp 2222 SSH",
      "from itself icmp -1",
      "to 0.0.0.0/0 -1 -1",
    ]);
    assert.deepEqual(await rules("closed"), ["from 192.0.2.7/32 tcp 2222 from 2222", `to ${GroupId} -1 -1`]);
  });

  it("are refused with unknown fields of their rules, and rules without a peer", async () => {
    const { stack, write } = lab();
    write(program(2222, "cidrBlock: []"));
    assert.match((await stack.preview()).output, /unknown property "cidrBlock": did you mean "cidrBlocks"\?/);
    write(
      `new aws.vpc.SecurityGroupIngressRule("all", { securityGroupId: "sg-1", ipProtocol: "tcp" }, opts());`,
    );
    const { code, output } = await stack.preview();
    assert.notEqual(code, 0);
    assert.match(
      output,
      /exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId is required/,
    );
    assert.match(output, /"fromPort" and "toPort" are required/);
  });

  it("leave nothing behind", async () => {
    const { stack, api } = lab();
    await stack.destroy();
    assert.equal(await holdings(api), empty);
  });
});
