import assert from "node:assert/strict";

import { builderPolicy } from "../../../../components/copr/aws/iam-policy";
import { ec2Arn, sharedArn } from "../../../../components/copr/aws/policy";
import {
  anywhere,
  onInstance,
  PLACE,
  RIGHTS,
  runInstances,
  tagsAtLaunch,
  tagsLater,
  tagsOfImage,
} from "./resalloc-calls";
import { refused, type Call } from "./simulator";

const { key, value } = RIGHTS.tag;
const FULL = builderPolicy({
  ...RIGHTS,
  spot: true,
  makesImages: true,
  volumeKey: "arn:aws:kms:us-east-1:123456789012:key/1234",
});

/** Asserts that exactly these resources stand in the way of a call. */
async function refuses(document: typeof FULL, call: Call, ...resources: readonly string[]): Promise<void> {
  const found = await refused(document, call);
  assert.deepEqual(found.map((arn) => arn.replace(/^.*:/, "")).sort(), [...resources].sort(), call.action);
}

describe("rights of resalloc in AWS", () => {
  const document = builderPolicy(RIGHTS);

  it("S18: allow every call of its scripts", async () => {
    const calls = [
      runInstances(),
      runInstances({ type: "c7g.large", subnet: "subnet-0b853a752f0f7eba5" }),
      runInstances({ tags: { [key]: value, arch: "x86_64", AppCode: "COPR-001" } }),
      tagsAtLaunch(),
      anywhere("ec2:DescribeInstances"),
      onInstance("TerminateInstances"),
    ];
    for (const call of calls) await refuses(document, call);
  });

  it("S18: allow no start without the stack's tag, nor with another stack's", async () => {
    const strangers: Record<string, string>[] = [
      {},
      { [key]: "organization/packit/copr-prod" },
      { [key]: `${value}2` },
      { [key]: value.toUpperCase() },
      { [key.toUpperCase()]: value },
      { CoprInstance: value },
    ];
    for (const tags of strangers) {
      await refuses(document, runInstances({ tags }), "instance/i-0a", "volume/vol-0a");
      await refuses(document, tagsAtLaunch(tags), "instance/i-0a", "volume/vol-0a");
    }
  });

  it("S18: allow each call that has a tag with the stack's own alone, and no start of another kind", async () => {
    const calls: Readonly<Record<string, (tags: Record<string, string>) => Call>> = {
      "a start": (tags) => runInstances({ tags }),
      "a start for spare capacity": (tags) => runInstances({ tags, spot: true }),
      "the tags of a start": (tags) => tagsAtLaunch(tags),
      "the end": (tags) => onInstance("TerminateInstances", tags),
      "an image": (tags) => onInstance("CreateImage", tags),
      "the tags of an image": (tags) => tagsOfImage(tags),
    };
    const strangers: Record<string, string>[] = [{}, { [key]: `${value}2` }, { CoprInstance: value }];
    for (const [title, call] of Object.entries(calls)) {
      assert.deepEqual(await refused(FULL, call({ [key]: value })), [], title);
      for (const tags of strangers)
        assert.notDeepEqual(await refused(FULL, call(tags)), [], `${title} with ${JSON.stringify(tags)}`);
    }
    for (const spot of [false, true])
      await refuses(FULL, runInstances({ type: "p5.48xlarge", spot }), "instance/i-0a");
  });

  it("S18: allow nothing that only people ask, by the script that looks for prices", async () => {
    for (const action of ["ec2:DescribeAvailabilityZones", "ec2:DescribeSpotPriceHistory"])
      assert.deepEqual(await refused(FULL, anywhere(action)), ["*"], action);
  });

  it("S18: allow no other kind, image, subnet, security group or key", async () => {
    await refuses(document, runInstances({ type: "p5.48xlarge" }), "instance/i-0a");
    await refuses(document, runInstances({ type: "t3a.mediumx" }), "instance/i-0a");
    await refuses(document, runInstances({ image: "ami-0" }), "image/ami-0");
    await refuses(
      document,
      runInstances({ subnet: "subnet-0" }),
      "network-interface/eni-0a",
      "subnet/subnet-0",
    );
    await refuses(document, runInstances({ securityGroup: "sg-0" }), "security-group/sg-0");
    await refuses(document, runInstances({ keyName: "other" }), "key-pair/other");
  });

  it("S18: terminate the stack's own builders only", async () => {
    for (const tags of [{}, { [key]: "organization/packit/copr-prod" }, { [key]: `${value}2` }]) {
      await refuses(document, onInstance("TerminateInstances", tags), "instance/i-0a");
    }
  });

  it("S18: change nothing that is there already, and hand out no role", async () => {
    await refuses(document, tagsLater("instance/i-0b"), "instance/i-0b");
    await refuses(document, tagsLater("security-group/sg-0"), "security-group/sg-0");
    for (const action of ["StopInstances", "StartInstances", "ModifyInstanceAttribute", "CreateImage"]) {
      await refuses(document, onInstance(action), "instance/i-0a");
    }
    const role: Call = {
      action: "iam:PassRole",
      asked: [{ resource: "arn:aws:iam::123456789012:role/admin" }],
    };
    await refuses(document, role, "role/admin");
  });

  it("bid for spare capacity only where a pool does", async () => {
    await refuses(document, runInstances({ spot: true }), "spot-instances-request/*");
    await refuses(FULL, runInstances({ spot: true }));
  });

  it("refuse volumes in plain text where that is asked for", async () => {
    const strict = builderPolicy({ ...RIGHTS, encryptedVolumesOnly: true });
    await refuses(strict, runInstances(), "volume/vol-0a");
    await refuses(strict, runInstances({ encrypted: true }));
  });

  it("make images of the stack's own builders only where that is asked for", async () => {
    const image: Call = {
      action: "ec2:CreateImage",
      asked: ["image/ami-1", "snapshot/snap-1"].map((what) => ({ resource: sharedArn(PLACE, what) })),
    };
    const calls = [onInstance("CreateImage"), image, tagsOfImage(), anywhere("ec2:DescribeImages")];
    for (const call of calls) {
      await refuses(FULL, call);
      assert.notDeepEqual(await refused(document, call), []);
    }
    await refuses(FULL, onInstance("CreateImage", { [key]: "other" }), "instance/i-0a");
    await refuses(FULL, tagsAtLaunch({ [key]: value }, "CreateImage"), "instance/i-0a", "volume/vol-0a");
  });

  it("use the customer's key through EC2 alone", async () => {
    const use = (action: string, context: Record<string, string>): Call => ({
      action: `kms:${action}`,
      asked: [{ resource: "arn:aws:kms:us-east-1:123456789012:key/1234", context }],
    });
    const through = { "kms:ViaService": "ec2.us-east-1.amazonaws.com" };
    for (const action of ["Decrypt", "DescribeKey", "GenerateDataKeyWithoutPlaintext"]) {
      await refuses(FULL, use(action, through));
      await refuses(FULL, use(action, { "kms:ViaService": "s3.us-east-1.amazonaws.com" }), "key/1234");
    }
    await refuses(FULL, use("CreateGrant", { ...through, "kms:GrantIsForAWSResource": "true" }));
    await refuses(FULL, use("CreateGrant", { ...through, "kms:GrantIsForAWSResource": "false" }), "key/1234");
  });

  it("fit into one policy of a user", () => {
    // A user's own policies have 2048 characters together, a role's 10240, a managed one 6144, blanks not counted.
    assert.ok(JSON.stringify(FULL).length < 6144, String(JSON.stringify(FULL).length));
  });

  it("need something to start", () => {
    assert.throws(() => builderPolicy({ ...RIGHTS, subnets: [] }), /subnets is empty/);
  });

  it("name no instance of another account or region", () => {
    const arns = document.Statement.flatMap(({ Resource = [] }) => Resource).filter((arn) => arn !== "*");
    const own = ec2Arn(PLACE, "");
    assert.ok(arns.every((arn) => arn.startsWith(own) || arn.startsWith(sharedArn(PLACE, "image/ami-"))));
  });
});
