import assert from "node:assert/strict";
import { awsLab, holdings } from "./support";

const program = `
  const key = new tls.PrivateKey("key", { algorithm: "ED25519" });
  const pair = new aws.ec2.KeyPair("builders", { publicKey: key.publicKeyOpenssh, tags: { stack: "a" } }, opts());
  exports.name = pair.keyName;`;

describe("the stand-in for aws: key pairs, in the real engine", function () {
  this.timeout(120_000);
  const lab = awsLab();
  let empty = "";
  before(async () => {
    empty = await holdings(lab().api);
  });

  it("imports a public key under a name of its own, with the provider's tags", async () => {
    const { stack, write, api } = lab();
    write(program);
    const output = await stack.up();
    assert.match(output, /stand-in for the aws plugin: drives an AWS API server on this machine, not AWS/);
    const { outputs } = stack.resource("builders");
    const found = (await api.ec2("DescribeKeyPairs")).list("keySet");
    assert.deepEqual(
      found.map((pair) => pair.text("keyName")),
      [stack.output("name")],
    );
    assert.match(String(outputs.keyName), /^builders-[0-9a-f]{7}$/);
    assert.match(String(outputs.keyPairId), /^key-/);
    assert.match(String(outputs.arn), /^arn:aws:ec2:us-east-1:\d+:key-pair\/builders-/);
    assert.deepEqual(outputs.tagsAll, { project: "copr", stack: "a" });
    assert.equal(found[0]?.list("tagSet").length, 2);
  });

  it("finds nothing to change, also after a refresh", async () => {
    const { stack } = lab();
    const { code, output } = await stack.preview("--refresh", "--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("changes tags in place, also those that somebody else changed", async () => {
    const { stack, write, api } = lab();
    const { outputs } = stack.resource("builders");
    await api.ec2("CreateTags", {
      ResourceId: [String(outputs.keyPairId)],
      Tag: [{ Key: "stray", Value: "1" }],
    });
    write(program.replace('stack: "a"', 'stack: "b"'));
    assert.match(await stack.up("--refresh"), /~ 1 updated/);
    const tags = (await api.ec2("DescribeKeyPairs")).list("keySet", "item", "tagSet");
    assert.deepEqual(tags.map((tag) => `${tag.text("key")}=${tag.text("value")}`).sort(), [
      "project=copr",
      "stack=b",
    ]);
  });

  it("replaces before it deletes when the key changes, for the new one has another name", async () => {
    const { stack, write } = lab();
    const before = stack.output("name");
    write(program.replace('"ED25519"', '"RSA"'));
    assert.match(await stack.up(), /\+- ?2 replaced|2 replaced/);
    assert.notEqual(stack.output("name"), before);
  });

  it("refuses an unknown field with the nearest known one", async () => {
    const { stack, write } = lab();
    // The npm package's own classes hand on what they know only.
    write(
      `new pulumi.CustomResource("aws:ec2/keyPair:KeyPair", "key", { keyNam: "x", publicKey: "y" }, opts());`,
    );
    const { code, output } = await stack.preview();
    assert.notEqual(code, 0);
    assert.match(output, /unknown property "keyNam": did you mean "keyName"\?/);
  });

  it("refuses what it does not have, and an address that is not of this machine", async () => {
    const { stack, write } = lab();
    write(`new aws.sqs.Queue("queue", {}, opts());`);
    assert.match(
      (await stack.preview()).output,
      /the stand-in for the aws plugin has no aws:sqs\/queue:Queue/,
    );
    const far = `const aws = require("@pulumi/aws");
      const provider = new aws.Provider("far", { region: "us-east-1", endpoints: [{ ec2: "https://ec2.amazonaws.com" }] });
      const opts = () => ({ provider });`;
    write(program, far);
    const { code, output } = await stack.preview();
    assert.notEqual(code, 0);
    assert.match(output, /on this machine only/);
  });

  it("leaves nothing behind", async () => {
    const { stack, api } = lab();
    await stack.destroy();
    assert.equal(await holdings(api), empty);
  });
});
