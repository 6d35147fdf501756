import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { Builders, type BuildersArgs } from "../../../../components/copr/aws/builders";
import { builderPolicy } from "../../../../components/copr/aws/iam-policy";
import { runMocked, type Registered, type Stack } from "../../../support/mocks";
import { RIGHTS } from "./resalloc-calls";

const { place, tag, images, instanceTypes, subnets } = RIGHTS;
const ARGS: BuildersArgs = {
  place,
  tag,
  tags: { ServicePhase: "Stage" },
  publicKey: "ssh-ed25519 AAAA",
  network: { vpc: "vpc-0a1b2c3d", subnets: [...subnets, ...subnets] },
  images,
  instanceTypes: [...instanceTypes, ...instanceTypes],
  clusterEgress: ["192.0.2.10/32", "192.0.2.11/32"],
};
const IDENTITY = {
  provider: "arn:aws:iam::123456789012:oidc-provider/oidc.example.org",
  issuer: "https://oidc.example.org",
  namespace: "copr-stg",
  serviceAccount: "copr-resalloc",
};

/** Registrations of a type, without the components. */
function ofType({ resources }: Stack, type: string): Registered[] {
  return resources.filter((resource) => resource.type.startsWith("aws:") && resource.type.endsWith(type));
}

describe("what builders in AWS need", () => {
  let stack: Stack;

  before(async () => {
    stack = await runMocked(() => new Builders("copr-stg", ARGS));
  });

  it("S7: is the stack's own key, under a name of AWS's making", () => {
    const [pair] = ofType(stack, ":KeyPair");
    assert.equal(pair?.inputs.publicKey, "ssh-ed25519 AAAA");
    // A fixed name could not be there twice while the key is replaced.
    assert.equal(pair.inputs.keyName, undefined);
  });

  it("lets the cluster in to SSH and nobody to anything else", () => {
    const rules = ofType(stack, ":SecurityGroupIngressRule");
    assert.deepEqual(
      rules.map(({ inputs }) => [inputs.cidrIpv4, inputs.ipProtocol, inputs.fromPort, inputs.toPort]),
      ARGS.clusterEgress.map((network) => [network, "tcp", 22, 22]),
    );
    const [group] = ofType(stack, ":SecurityGroup");
    assert.equal(group?.inputs.vpcId, "vpc-0a1b2c3d");
    assert.equal(group.inputs.ingress, undefined);
    assert.equal(ofType(stack, ":SecurityGroupEgressRule").length, 1);
  });

  it("carries the stack's tag wherever there are tags", () => {
    const untagged = stack.resources
      .filter(({ type }) => type.startsWith("aws:") && !/:(?:AccessKey|\w+Attachment)$/.test(type))
      .filter(({ inputs }) => (inputs.tags as Record<string, string>)[tag.key] !== tag.value);
    assert.deepEqual(untagged, []);
    const [group] = ofType(stack, ":SecurityGroup");
    assert.deepEqual(group?.inputs.tags, {
      ServicePhase: "Stage",
      [tag.key]: tag.value,
      Name: "copr-stg",
    });
  });

  it("S18: gives resalloc its rights on these very things", async () => {
    const program = async (args: BuildersArgs) => {
      const made = await runMocked(() => new Builders("copr-stg", args));
      const [policy] = ofType(made, ":Policy");
      return JSON.parse(policy?.inputs.policy as string) as unknown;
    };
    const own = { ...RIGHTS, securityGroup: "copr-stg-id", keyName: "copr-stg-made-up" };
    assert.deepEqual(await program(ARGS), JSON.parse(JSON.stringify(builderPolicy(own))));
    const volumeKey = "arn:aws:kms:us-east-1:123456789012:key/1";
    const more = { spot: true, encryptedVolumesOnly: true, volumeKey };
    assert.deepEqual(
      await program({ ...ARGS, ...more }),
      JSON.parse(JSON.stringify(builderPolicy({ ...own, ...more }))),
    );
  });

  it("S18: is a user with a key only where the cluster's tokens do not count", async () => {
    const kinds = (made: Stack) =>
      ["User", "AccessKey", "Role"].map((kind) => ofType(made, `:${kind}`).length);
    assert.deepEqual(kinds(stack), [1, 1, 0]);
    const made = await runMocked(() => new Builders("copr-stg", { ...ARGS, webIdentity: IDENTITY }));
    assert.deepEqual(kinds(made), [0, 0, 1]);
    const [role] = ofType(made, ":Role");
    assert.match(String(role?.inputs.assumeRolePolicy), /system:serviceaccount:copr-stg:copr-resalloc/);
    assert.equal(ofType(made, ":RolePolicyAttachment").length, 1);
  });

  it("keeps the key's secret part secret", async () => {
    let secret: boolean | undefined;
    await runMocked(async () => {
      const { credentials } = new Builders("copr-stg", ARGS);
      if (credentials.kind === "key") secret = await pulumi.isSecret(credentials.secretAccessKey);
    });
    assert.equal(secret, true);
  });
});
