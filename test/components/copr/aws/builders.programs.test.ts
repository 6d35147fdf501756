import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import {
  DescribeInstancesCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";

import { judge } from "../../../../policy/gate/judge";
import { parsePreview } from "../../../../policy/gate/parse";
import { awsLab, holdings } from "../../../local/plugins/aws/support";

const ROOT = resolve(__dirname, "..", "..", "..", "..");
const TAG = "organization/packit/copr-dev";

/** A public key as ssh-keygen writes it. */
function publicKey(): string {
  const { publicKey: key } = generateKeyPairSync("ed25519");
  const raw = key.export({ format: "der", type: "spki" }).subarray(-32);
  const parts = [Buffer.from("ssh-ed25519"), raw].map((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return Buffer.concat([length, part]);
  });
  return `ssh-ed25519 ${Buffer.concat(parts).toString("base64")}`;
}

interface Choice {
  readonly key: string;
  readonly mode?: string;
  readonly egress?: string;
}

/** A Copr's builders, and something that uses them as resalloc does. */
const program = (endpoint: string, { key, mode = "report", egress = "192.0.2.10/32" }: Choice) => `
  require("tsx/cjs");
  const { Builders } = require("${ROOT}/components/copr/aws/builders");
  const { awsProviders } = require("${ROOT}/components/copr/aws/providers");
  const { builderImage } = require("${ROOT}/components/copr/aws/builder-image");
  const { stackTag } = require("${ROOT}/fleet/tag");
  const providers = awsProviders("aws", {
    region: "us-east-1", endpoint: "${endpoint}", key: { accessKeyId: "test", secretAccessKey: "test-secret" },
  });
  const image = builderImage(
    { owner: "amazon", name: "amzn2-ami-hvm-2.0*", architecture: "x86_64" }, { provider: providers.aws });
  const builders = new Builders("copr-dev", {
    place: { partition: "aws", region: "us-east-1", account: "123456789012" },
    tag: stackTag("${TAG}"),
    publicKey: "${key}",
    network: { cidr: "10.74.0.0/16" },
    images: [image],
    instanceTypes: ["c6a.2xlarge"],
    clusterEgress: ["${egress}"],
    reaper: {
      mode: "${mode}", maxAgeHours: 36, maxInstances: 4,
      code: new pulumi.asset.AssetArchive({
        "index.js": new pulumi.asset.FileAsset("${ROOT}/.local/build/reaper.js"),
      }),
    },
  }, { providers });
  new random.RandomString("resalloc", { length: 4, keepers: {
    key: builders.keyName, user: builders.credentials.accessKeyId } });
  exports.securityGroup = builders.securityGroup;
  exports.subnets = builders.subnets;
  exports.keyName = builders.keyName;
  exports.image = image;`;

describe("builders in AWS, in the real engine", function () {
  this.timeout(300_000);
  const lab = awsLab();
  let empty = "";
  let ec2: EC2Client;
  const key = publicKey();

  before(async () => {
    const { stack, api, endpoint } = lab();
    empty = await holdings(api);
    writeFileSync(
      join(stack.folder, "Pulumi.yaml"),
      `name: packit\nruntime: nodejs\nmain: index.js\nplugins:\n  providers:\n    - { name: packit-fleet, path: ${ROOT}/fleet/plugin }\n`,
    );
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    ec2 = new EC2Client({ endpoint, region: "us-east-1", credentials });
  });
  after(() => {
    ec2.destroy();
  });

  /** Starts machines as `resalloc-aws-new` does. */
  const start = async (tags: Record<string, string>, count = 1): Promise<string[]> => {
    const { stack } = lab();
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const [subnet = ""] = stack.output("subnets") as string[];
    const own = tags["copr-stack"] === TAG;
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({
        ImageId: String(stack.output("image")),
        InstanceType: "c6a.2xlarge",
        MinCount: count,
        MaxCount: count,
        ...(own && {
          KeyName: String(stack.output("keyName")),
          SecurityGroupIds: [String(stack.output("securityGroup"))],
          SubnetId: subnet,
        }),
        ...(Tags.length > 0 && { TagSpecifications: [{ ResourceType: "instance", Tags }] }),
      }),
    );
    return Instances.map(({ InstanceId = "" }) => InstanceId);
  };
  const alive = async (): Promise<string[]> => {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
    return Reservations.flatMap(({ Instances = [] }) => Instances)
      .filter(({ State }) => State?.Name !== "terminated")
      .map(({ InstanceId = "" }) => InstanceId)
      .sort();
  };

  it("come up with a network, and a second preview is clean", async () => {
    const { stack, write, endpoint, api } = lab();
    write(program(endpoint, { key }), "");
    await stack.up();
    const subnets = (
      await api.ec2("DescribeSubnets", { SubnetId: stack.output("subnets") as string[] })
    ).list("subnetSet");
    assert.deepEqual(
      subnets
        .map(
          (subnet) =>
            `${subnet.text("cidrBlock")} ${subnet.text("availabilityZone")} ${subnet.text("mapPublicIpOnLaunch")}`,
        )
        .sort(),
      ["10.74.0.0/18 us-east-1a true", "10.74.128.0/18 us-east-1c true", "10.74.64.0/18 us-east-1b true"],
    );
    assert.ok(!stack.stateText().includes("test-secret"));
    const { Policy } = await api.lambda("GET", "/2015-03-31/functions/copr-dev-reaper/policy");
    assert.match(String(Policy), /events\.amazonaws\.com[^]*:rule\/copr-dev-reaper-/);
    const { code, output } = await stack.preview("--refresh", "--expect-no-changes");
    assert.equal(code, 0, output);
  });

  it("are not opened to the world past the gate", async () => {
    const { stack, write, endpoint } = lab();
    for (const [egress, found] of [
      ["0.0.0.0/0", ["network/open"]],
      ["198.51.100.7/32", []],
    ] as const) {
      write(program(endpoint, { key, egress }), "");
      const { output } = await stack.preview("--json", "--show-sames", "--show-replacement-steps");
      const { findings, errors } = judge(parsePreview(Buffer.from(output)), stack.name);
      assert.deepEqual([findings.map(({ rule }) => rule), errors], [found, []], output.slice(0, 2000));
    }
  });

  it("C26: are swept between what starts them and what they hold on to", () => {
    const { stack } = lab();
    const { deployment } = JSON.parse(stack.stateText()) as {
      deployment: { resources: { urn: string; type: string; dependencies?: string[] }[] };
    };
    const sweep = deployment.resources.find(({ type }) => type === "packit-fleet:index:Sweep");
    const held = (sweep?.dependencies ?? []).map((urn) => urn.split("::").slice(-2).join(" "));
    for (const kind of [
      "KeyPair",
      "SecurityGroup",
      "Vpc",
      "Subnet",
      "AccessKey",
      "UserPolicyAttachment",
      "EventTarget",
    ]) {
      assert.ok(
        held.some((urn) => urn.includes(`:${kind} `)),
        `${kind}: ${held.join(", ")}`,
      );
    }
    const resalloc = deployment.resources.find(({ urn }) => urn.endsWith("::resalloc"));
    assert.ok(resalloc?.dependencies?.includes(sweep?.urn ?? "") === true);
  });

  it("C29: change in place, and get a new key before the old one goes", async () => {
    const { stack, write, endpoint, api } = lab();
    write(program(endpoint, { key, mode: "terminate", egress: "192.0.2.11/32" }), "");
    const changed = await stack.up();
    assert.match(changed, /lambda:Function copr-dev-reaper updated/);
    const before = stack.output("keyName");
    write(program(endpoint, { key: publicKey(), mode: "terminate", egress: "192.0.2.11/32" }), "");
    const output = await stack.up();
    const [made, gone] = [/KeyPair copr-dev created replacement/, /KeyPair copr-dev deleted original/].map(
      (text) => output.search(text),
    );
    assert.ok(made !== -1 && gone !== -1 && Number(made) < Number(gone), output);
    assert.notEqual(stack.output("keyName"), before);
    assert.equal((await api.ec2("DescribeKeyPairs")).list("keySet").length, 1);
    const { code, output: again } = await stack.preview("--expect-no-changes");
    assert.equal(code, 0, again);
  });

  it("C26: stop a destroy that cannot end them, before it takes away what they hold on to", async () => {
    const { stack } = lab();
    const [id = ""] = await start({ "copr-stack": TAG });
    const protect = async (Value: boolean): Promise<void> => {
      const change = { InstanceId: id, DisableApiTermination: { Value } };
      await ec2.send(new ModifyInstanceAttributeCommand(change));
    };
    await protect(true);
    const { code, output } = await stack.run("destroy", "--yes", "--skip-preview", "--stack", stack.name);
    assert.notEqual(code, 0);
    assert.match(output, new RegExp(`take their termination protection away[^]*${id}`));
    assert.deepEqual(await alive(), [id]);
    assert.doesNotMatch(output, /SecurityGroup copr-dev deleted|AccessKey copr-dev deleted/);
    await protect(false);
    // What hands out builders is gone, and comes back.
    assert.match(await stack.up(), /\+ 1 created/);
  });

  it("C26: are gone after a destroy, these and no look-alikes, and nothing is left in the account", async () => {
    const { stack, api } = lab();
    const own = [
      ...(await alive()),
      ...(await start({ "copr-stack": TAG, Name: "copr_dev__x86_00000001_20260101_000000" }, 3)),
      ...(await start({ "copr-stack": TAG })),
    ];
    const others = [
      ...(await start({ "copr-stack": `${TAG}2`, Name: "copr_dev__x86_00000001_20260101_000000" }, 2)),
      ...(await start({ "copr-stack": "organization/packit/copr-stg" })),
      ...(await start({ Name: "copr_dev__x86_00000002_20260101_000000" })),
      ...(await start({ CoprInstance: TAG })),
      ...(await start({})),
    ];
    assert.deepEqual(await alive(), [...own, ...others].sort());
    const output = await stack.destroy();
    assert.deepEqual(await alive(), others.sort());
    for (const id of own) assert.match(output, new RegExp(`terminated ${id}`));
    const places = [/Sweep copr-dev deleted/, /SecurityGroup copr-dev deleted/].map((text) =>
      output.search(text),
    );
    assert.ok(Number(places[0]) !== -1 && Number(places[0]) < Number(places[1]), output);
    assert.equal(await holdings(api), empty);
  });
});
