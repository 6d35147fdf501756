import assert from "node:assert/strict";

import {
  ec2Pool,
  ec2PoolFindings,
  type Ec2Account,
  type Ec2Pool,
} from "../../../../components/copr/aws/ec2-pool";
import { poolFindings } from "../../../../components/copr/config/pool-findings";
import { stackTag } from "../../../../fleet/tag";

const ACCOUNT: Ec2Account = {
  keyName: "copr-stg-1a2b",
  securityGroup: "sg-1",
  subnets: ["subnet-1", "subnet-2"],
  address: "private",
  stackTag: stackTag("organization/packit/copr-stg"),
  tags: { ServiceOwner: "Copr" },
  playbook: "/etc/resallocserver/playbook.yml",
};

const X86: Ec2Pool = {
  max: 4,
  maxPrealloc: 1,
  image: "ami-1",
  instanceType: "t3a.medium",
  architecture: "x86_64",
  emulated: ["s390x"],
  machine: { memory: "4Gi", rootVolume: "30Gi" },
};

const keys = (account: Partial<Ec2Account>, pool: Partial<Ec2Pool> = {}): string[] =>
  ec2PoolFindings({ ...ACCOUNT, ...account }, { ...X86, ...pool }).map(({ key }) => key);

/** Values of an option that can be there more than once. */
const values = (argv: readonly string[], option: string): string[] =>
  argv.filter((_, index) => argv[index - 1] === option);

describe("pools in EC2", () => {
  it("C26: start, list and mark the stack's own machines by one tag", () => {
    const { create, list } = ec2Pool(ACCOUNT, X86);
    const own = "copr-stack=organization/packit/copr-stg";
    assert.deepEqual(values(create.argv, "--tag"), ["ServiceOwner=Copr", "arch=x86_64", own]);
    assert.deepEqual(values(list.argv, "--tag"), [own]);
  });

  it("give resalloc-aws every mandatory option", () => {
    const { argv } = ec2Pool(ACCOUNT, X86).create;
    for (const [option, value] of [
      ["--aws-profile", "default"],
      ["--ami", "ami-1"],
      ["--instance-type", "t3a.medium"],
      ["--ssh-key-name", "copr-stg-1a2b"],
      ["--security-group-id", "sg-1"],
      ["--root-volume-size", "30"],
      ["--playbook", "/etc/resallocserver/playbook.yml"],
    ] as const) {
      assert.deepEqual(values(argv, option), [value], option);
    }
    assert.deepEqual(values(argv, "--possible-subnet"), ["subnet-1", "subnet-2"]);
  });

  it("are what resalloc takes", () => {
    assert.deepEqual(poolFindings({ aws_x86: ec2Pool(ACCOUNT, X86) }), []);
    const demand: Ec2Pool = { ...X86, architecture: "aarch64", maxPrealloc: 0, tagsOnDemand: ["powerful"] };
    const pools = {
      aws_x86: ec2Pool(ACCOUNT, X86),
      aws_arm: ec2Pool(ACCOUNT, { ...demand, extraTags: ["powerful", { name: "new", priority: 2 }] }),
    };
    assert.deepEqual(poolFindings(pools), []);
    assert.deepEqual(pools.aws_arm.tags.slice(-1), [{ name: "new", priority: 2 }]);
  });

  it("have swap, spot price and a private address only when they are wanted", () => {
    const plain = ec2Pool({ ...ACCOUNT, address: "public" }, X86).create.argv;
    for (const option of ["--additional-volume-size", "--spot-price", "--private-ip"]) {
      assert.ok(!plain.includes(option), option);
    }
    const machine = { ...X86.machine, swap: "64Gi", mockTmpfs: "32Gi" };
    const { argv } = ec2Pool(ACCOUNT, { ...X86, machine, spotPrice: 0.05 }).create;
    assert.deepEqual(values(argv, "--additional-volume-size"), ["64"]);
    assert.deepEqual(values(argv, "--spot-price"), ["0.05"]);
    assert.ok(argv.includes("--private-ip"));
  });

  it("C25: fit their machine", () => {
    assert.deepEqual(keys({}, { machine: { memory: "4Gi", rootVolume: "10Gi", mockTmpfs: "32Gi" } }), [
      "machine",
    ]);
    assert.throws(
      () => ec2Pool(ACCOUNT, { ...X86, machine: { memory: "4Gi", rootVolume: "5Gi" } }),
      /root volume/,
    );
  });

  it("are refused for words that resalloc-aws would take apart", () => {
    assert.deepEqual(keys({}), []);
    assert.deepEqual(keys({ tags: { a: "b=c" } }), ["tags"]);
    assert.deepEqual(keys({ tags: { a: "b,c" } }), ["tags"]);
    assert.deepEqual(keys({ tags: { Name: "mine" } }), ["tags"]);
    assert.deepEqual(keys({ tags: { "copr-stack": "other" } }), ["tags"]);
    assert.deepEqual(keys({ subnets: [] }), ["subnets"]);
    assert.deepEqual(keys({ keyName: "a b", securityGroup: "$x" }), ["keyName", "securityGroup"]);
    assert.deepEqual(keys({}, { spotPrice: 0, image: "" }), ["image", "spotPrice"]);
  });
});
