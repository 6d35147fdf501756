import assert from "node:assert/strict";
import { awsLab, holdings } from "./support";

const program = (isPublic = true, gateway = "first") => `
  const tags = { stack: "a" };
  const vpc = new aws.ec2.Vpc("builders", { cidrBlock: "10.42.0.0/16", enableDnsHostnames: ${isPublic}, tags }, opts());
  const first = new aws.ec2.InternetGateway("first", { vpcId: vpc.id, tags }, opts());
  const second = new aws.ec2.InternetGateway("second", {}, opts());
  const zones = aws.getAvailabilityZonesOutput({ state: "available", excludeNames: ["us-east-1a"] }, { provider });
  const subnet = new aws.ec2.Subnet("zone", {
    vpcId: vpc.id, cidrBlock: "10.42.1.0/24", availabilityZone: zones.names[0], mapPublicIpOnLaunch: ${isPublic}, tags,
  }, opts());
  const table = new aws.ec2.RouteTable("public", { vpcId: vpc.id, tags }, opts());
  new aws.ec2.Route("internet", {
    routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: ${gateway}.id,
  }, opts());
  new aws.ec2.RouteTableAssociation("used", { routeTableId: table.id, subnetId: subnet.id }, opts());
  const found = aws.ec2.getVpcOutput({ filters: [{ name: "cidr", values: [vpc.cidrBlock] }] }, { provider });
  exports.vpc = found.id;
  exports.subnets = aws.ec2.getSubnetsOutput(
    { filters: [{ name: "vpc-id", values: [vpc.id] }], tags: subnet.tagsAll.apply(() => tags) }, { provider }).ids;
  exports.own = aws.ec2.getVpcOutput({ default: true }, { provider }).default;
  exports.account = aws.getCallerIdentityOutput({}, { provider }).accountId;
  exports.image = aws.ec2.getAmiOutput({
    owners: ["amazon"], mostRecent: true, nameRegex: "^amzn2?-", filters: [{ name: "architecture", values: ["x86_64"] }],
  }, { provider }).architecture;`;

describe("the stand-in for aws: networks and look-ups, in the real engine", function () {
  this.timeout(180_000);
  const lab = awsLab();
  let empty = "";
  before(async () => {
    empty = await holdings(lab().api);
  });

  it("have subnets with a way to the internet", async () => {
    const { stack, write, api } = lab();
    write(program());
    await stack.up();
    const vpc = stack.resource("builders");
    const [subnet, table, gateway] = ["zone", "public", "first"].map((name) => stack.resource(name).id ?? "");
    const found = (await api.ec2("DescribeSubnets", { SubnetId: [subnet] })).at("subnetSet", "item");
    assert.equal(found?.text("availabilityZone"), "us-east-1b");
    assert.equal(found.text("mapPublicIpOnLaunch"), "true");
    const routes = (await api.ec2("DescribeRouteTables", { RouteTableId: [table] })).at(
      "routeTableSet",
      "item",
    );
    assert.ok(routes?.list("routeSet").some((way) => way.text("gatewayId") === gateway) === true);
    assert.equal(routes.text("associationSet", "item", "subnetId"), subnet);
    for (const [output, form] of Object.entries({
      defaultRouteTableId: /^rtb-/,
      defaultSecurityGroupId: /^sg-/,
    })) {
      assert.match(String(vpc.outputs[output]), form);
    }
    assert.equal(vpc.outputs.enableDnsHostnames, true);
  });

  it("are found again by filters and tags", () => {
    const { stack } = lab();
    assert.equal(stack.output("vpc"), stack.resource("builders").id);
    assert.deepEqual(stack.output("subnets"), [stack.resource("zone").id]);
    assert.equal(stack.output("own"), true);
    assert.match(String(stack.output("account")), /^\d{12}$/);
    assert.equal(stack.output("image"), "x86_64");
  });

  it("need no change, also after a refresh", async () => {
    const { code, output } = await lab().stack.preview("--refresh", "--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("change in place", async () => {
    const { stack, write, api } = lab();
    write(
      program(false).replace(
        'aws.ec2.InternetGateway("second", {}',
        'aws.ec2.InternetGateway("second", { tags }',
      ),
    );
    const output = await stack.up();
    assert.match(output, /~ 3 updated/);
    assert.doesNotMatch(output, /replaced/);
    const subnet = await api.ec2("DescribeSubnets", { SubnetId: [stack.resource("zone").id] });
    assert.equal(subnet.text("subnetSet", "item", "mapPublicIpOnLaunch"), "false");
    assert.equal(stack.resource("builders").outputs.enableDnsHostnames, false);
  });

  it("say when a look-up finds nothing, and which of its arguments is unknown", async () => {
    const { stack, write } = lab();
    write(`exports.image = aws.ec2.getAmiOutput({ owners: ["self"] }, { provider }).id;`);
    assert.match((await stack.preview()).output, /getAmi finds no image/);
    write(`exports.image = aws.ec2.getAmiOutput({ filters: [{ nam: "x", values: [] }] }, { provider }).id;`);
    assert.match((await stack.preview()).output, /unknown property "nam": did you mean "name"\?/);
  });

  it("leave nothing behind", async () => {
    const { stack, api } = lab();
    await stack.destroy();
    assert.equal(await holdings(api), empty);
  });
});
