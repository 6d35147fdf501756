import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { awsLab, holdings } from "./support";

const program = (text: string, timeout = 60, mode = "report") => `
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] });
  const role = new aws.iam.Role("reaper", { assumeRolePolicy: trust }, opts());
  const log = new aws.cloudwatch.LogGroup("log", {
    name: "/aws/lambda/reaper", retentionInDays: ${timeout / 2}, tags: { mode: "${mode}" },
  }, opts());
  const reaper = new aws.lambda.Function("reaper-function", {
    name: "reaper", role: role.arn, runtime: "nodejs22.x", handler: "index.handler", architectures: ["arm64"],
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset(${JSON.stringify(text)}),
      "lib": new pulumi.asset.FileArchive("./library"),
    }),
    timeout: ${timeout}, environment: { variables: { MODE: "${mode}" } }, tags: { mode: "${mode}" },
  }, opts({ dependsOn: log }));
  new aws.lambda.Permission("schedule", {
    function: reaper.name, action: "lambda:InvokeFunction", principal: "events.amazonaws.com",
    sourceArn: "arn:aws:events:us-east-1:123456789012:rule/reaper",
  }, opts());
  const user = new aws.iam.User("resalloc", {}, opts());
  const rights = new aws.iam.Policy("rights", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [
    { Effect: "Allow", Action: "ec2:DescribeInstances", Resource: "*" }] }) }, opts());
  new aws.iam.UserPolicyAttachment("resalloc", { user: user.name, policyArn: rights.arn }, opts());
  exports.zones = aws.ec2.getInstanceTypeOfferingsOutput({
    locationType: "availability-zone", filters: [{ name: "instance-type", values: ["c6a.2xlarge"] }],
  }, { provider }).locations;`;

interface Deployed {
  readonly Configuration: Record<string, unknown>;
  readonly Tags?: Record<string, string>;
}

describe("the stand-in for aws: functions, in the real engine", function () {
  this.timeout(180_000);
  const lab = awsLab();
  let empty = "";
  before(async () => {
    empty = await holdings(lab().api);
    execFileSync("mkdir", ["-p", join(lab().stack.folder, "library", "deep")]);
    writeFileSync(join(lab().stack.folder, "library", "deep", "more.txt"), "more");
  });

  const deployed = async () =>
    (await lab().api.lambda("GET", "/2015-03-31/functions/reaper")) as unknown as Deployed;

  it("have their code, their log, and who may call them", async () => {
    const { stack, write, api } = lab();
    write(program("exports.handler = 1"));
    await stack.up();
    const { Configuration, Tags } = await deployed();
    assert.deepEqual(
      [Configuration.Timeout, Configuration.Architectures, Configuration.Environment],
      [60, ["arm64"], { Variables: { MODE: "report" } }],
    );
    assert.deepEqual(Tags, { project: "copr", mode: "report" });
    const { Policy } = await api.lambda("GET", "/2015-03-31/functions/reaper/policy");
    assert.match(String(Policy), /rule\/reaper/);
    const { logGroups } = await api.logs("DescribeLogGroups", {});
    assert.match(JSON.stringify(logGroups), /"retentionInDays":30/);
    const user = stack.resource("resalloc").id ?? "";
    const attached = await api.iam("ListAttachedUserPolicies", { UserName: user });
    assert.equal(attached.list("ListAttachedUserPoliciesResult", "AttachedPolicies").length, 1);
    assert.ok((stack.output("zones") as string[]).includes("us-east-1a"));
  });

  it("need no change, also after a refresh", async () => {
    const { code, output } = await lab().stack.preview("--refresh", "--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("change in place: code when the code changes, settings when these do", async () => {
    const { stack, write } = lab();
    const before = (await deployed()).Configuration.CodeSha256;
    write(program("exports.handler = 2"));
    const output = await stack.up();
    assert.match(output, /~ 1 updated/);
    const after = (await deployed()).Configuration.CodeSha256;
    assert.notEqual(after, before);
    write(program("exports.handler = 2", 120, "terminate"));
    assert.match(await stack.up(), /~ 2 updated/);
    const { Configuration, Tags } = await deployed();
    assert.deepEqual([Configuration.CodeSha256, Configuration.Timeout], [after, 120]);
    assert.equal(Tags?.mode, "terminate");
    const preview = await stack.preview("--refresh", "--expect-no-changes");
    assert.equal(preview.code, 0, preview.output);
  });

  it("are refused with what is unknown here, and without code", async () => {
    const { stack, write } = lab();
    write(
      `new aws.lambda.Function("reaper", { role: "r", runtime: "nodejs22.x", handler: "h", layers: [] }, opts());`,
    );
    const { code, output } = await stack.preview();
    assert.notEqual(code, 0);
    assert.match(output, /unknown property "layers"/);
    assert.match(output, /"code" is required/);
  });

  it("are in an account that is allowed, or not at all", async () => {
    const { stack, write } = lab();
    const provider = (account: string) => `
      const aws = require("@pulumi/aws");
      const provider = new aws.Provider("local", {
        region: "us-east-1", endpoints: [{ sts: "${lab().endpoint}", iam: "${lab().endpoint}" }], allowedAccountIds: ["${account}"],
      });
      const opts = () => ({ provider });`;
    write(`new aws.iam.User("other", {}, opts());`, provider("111111111111"));
    const refused = await stack.preview();
    assert.match(refused.output, /the keys belong to account 123456789012, and only 111111111111 is allowed/);
    write(`new aws.iam.User("other", {}, opts());`, provider("123456789012"));
    const allowed = await stack.preview();
    assert.equal(allowed.code, 0, allowed.output);
  });

  it("leave nothing behind", async () => {
    const { stack, api } = lab();
    await stack.destroy();
    assert.equal(await holdings(api), empty);
  });
});
