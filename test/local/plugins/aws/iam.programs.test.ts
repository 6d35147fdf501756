import assert from "node:assert/strict";
import { awsLab, holdings } from "./support";

const program = (action = "ec2:DescribeInstances", more = "", thumb = "a") => `
  const policy = JSON.stringify({
    Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "${action}", Resource: "*" }],
  });
  const issuer = new aws.iam.OpenIdConnectProvider("cluster", {
    url: "https://oidc.example.com/a", clientIdLists: ["sts.amazonaws.com"], thumbprintLists: ["${thumb.repeat(40)}"],
  }, opts());
  const trust = issuer.arn.apply((Federated) => JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Federated }, Action: "sts:AssumeRoleWithWebIdentity" }],
  }));
  const role = new aws.iam.Role("builders", {
    assumeRolePolicy: trust, description: "may ${action}", forceDetachPolicies: true, tags: { stack: "a" },
  }, opts());
  new aws.iam.RolePolicy("own", { role: role.id, policy }, opts());
  const shared = new aws.iam.Policy("shared", { policy, tags: { stack: "a" } }, opts());
  new aws.iam.RolePolicyAttachment("attached", { role: role.name, policyArn: shared.arn }, opts());
  new aws.iam.InstanceProfile("profile", { role: role.name }, opts());
  const user = new aws.iam.User("resalloc", { name: "resalloc", forceDestroy: true }, opts());
  new aws.iam.UserPolicy("users", { user: user.name, policy }, opts());
  const key = new aws.iam.AccessKey("key", { user: user.name ${more} }, opts());
  exports.secret = key.secret;
  exports.issuer = issuer.url;`;

describe("the stand-in for aws: rights, in the real engine", function () {
  this.timeout(180_000);
  const lab = awsLab();
  let empty = "";
  before(async () => {
    empty = await holdings(lab().api);
  });

  /** The actions of the policies that the server holds. */
  const actions = async (): Promise<string[]> => {
    const { stack, api } = lab();
    const role = String(stack.resource("builders").outputs.name);
    const own = String(stack.resource("own").outputs.name);
    const arn = String(stack.resource("shared").outputs.arn);
    const shared = (await api.iam("GetPolicy", { PolicyArn: arn })).at("GetPolicyResult", "Policy");
    const [first, second, third] = await Promise.all([
      api.iam("GetRolePolicy", { RoleName: role, PolicyName: own }),
      api.iam("GetPolicyVersion", { PolicyArn: arn, VersionId: shared?.text("DefaultVersionId") }),
      api.iam("GetUserPolicy", {
        UserName: "resalloc",
        PolicyName: String(stack.resource("users").outputs.name),
      }),
    ]);
    return [
      first.text("GetRolePolicyResult", "PolicyDocument"),
      second.text("GetPolicyVersionResult", "PolicyVersion", "Document"),
      third.text("GetUserPolicyResult", "PolicyDocument"),
    ].map((text) => /"ec2:\w+"/.exec(decodeURIComponent(text))?.[0] ?? text);
  };

  it("are made and given to roles and users", async () => {
    const { stack, write, api } = lab();
    write(program());
    await stack.up();
    assert.deepEqual(await actions(), Array(3).fill('"ec2:DescribeInstances"'));
    const role = String(stack.resource("builders").outputs.name);
    assert.match(role, /^builders-[0-9a-f]{7}$/);
    const attached = await api.iam("ListAttachedRolePolicies", { RoleName: role });
    assert.equal(
      attached.text("ListAttachedRolePoliciesResult", "AttachedPolicies", "member", "PolicyArn"),
      stack.resource("shared").id,
    );
    const profile = await api.iam("ListInstanceProfilesForRole", { RoleName: role });
    assert.equal(profile.list("ListInstanceProfilesForRoleResult", "InstanceProfiles").length, 1);
    assert.match(String(stack.resource("cluster").outputs.arn), /oidc-provider\/oidc\.example\.com\/a$/);
    assert.equal(stack.output("issuer"), "oidc.example.com/a");
    assert.deepEqual(stack.resource("builders").outputs.tagsAll, { project: "copr", stack: "a" });
  });

  it("keep the secret of a key out of the plain state", async () => {
    const { stack, api } = lab();
    const keys = await api.iam("ListAccessKeys", { UserName: "resalloc" });
    assert.equal(
      keys.text("ListAccessKeysResult", "AccessKeyMetadata", "member", "AccessKeyId"),
      stack.resource("key").id,
    );
    const secret = String(stack.output("secret"));
    assert.ok(secret.length >= 40);
    assert.ok(!stack.stateText().includes(secret));
  });

  it("need no change, also after a refresh, and the secret stays known", async () => {
    const { stack } = lab();
    const secret = stack.output("secret");
    assert.match(await stack.up("--refresh", "--expect-no-changes"), /unchanged/);
    assert.equal(stack.output("secret"), secret);
  });

  it("change in place", async () => {
    const { stack, write, api } = lab();
    const secret = stack.output("secret");
    write(program("ec2:RunInstances", ', status: "Inactive"', "b"));
    const output = await stack.up();
    assert.match(output, /~ 6 updated/);
    assert.doesNotMatch(output, /replaced/);
    assert.deepEqual(await actions(), Array(3).fill('"ec2:RunInstances"'));
    const keys = await api.iam("ListAccessKeys", { UserName: "resalloc" });
    assert.equal(keys.text("ListAccessKeysResult", "AccessKeyMetadata", "member", "Status"), "Inactive");
    assert.equal(stack.output("secret"), secret);
    const { code, output: again } = await stack.preview("--refresh", "--expect-no-changes");
    assert.equal(code, 0, again);
  });

  it("are made again when somebody has removed them", async () => {
    const { stack, api } = lab();
    const AccessKeyId = stack.resource("key").id;
    await api.iam("DeleteAccessKey", { UserName: "resalloc", AccessKeyId });
    assert.match(await stack.up("--refresh"), /\+ 1 created/);
    assert.notEqual(stack.resource("key").id, AccessKeyId);
  });

  it("leave nothing behind", async () => {
    const { stack, api } = lab();
    await stack.destroy();
    assert.equal(await holdings(api), empty);
  });
});
