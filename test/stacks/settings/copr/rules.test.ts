import assert from "node:assert/strict";

import { COPR_RULES } from "../../../../stacks/settings/copr/rules";
import { coprSettings, SHARED, wrongKeys } from "./loading";

const pool = (x86: object) => ({ builders: { pools: { x86 } } });
const second = (arm: object) => ({
  builders: { pools: { arm: { architecture: "aarch64", instanceType: "c7g.2xlarge", max: 1, ...arm } } },
});

/** Each row: what a rule is about, a stack, its settings, the keys that are wrong. */
const CASES: readonly (readonly [string, string, object, readonly string[]])[] = [
  ["an instance of another stack", "copr-dev", { instance: "copr-prod" }, ["instance"]],
  ["an instance with two hyphens", "copr-dev", { instance: "copr-dev--x86" }, ["instance"]],
  ["an instance whose name is long", "copr-dev", { instance: "copr-dev-a-long-name-of-it" }, ["instance"]],
  ["an instance of the stack", "copr-dev", { instance: "copr-dev-mine" }, []],
  ["another stack's namespace", "copr-dev", { namespace: "copr-stg-mine" }, ["namespace"]],
  ["another program's namespace", "copr-dev", { namespace: "packit-dev" }, ["namespace"]],
  ["another stack's domain", "copr-dev", { domain: "copr-prod.packit.dev" }, ["domain"]],
  ["another stack's host", "copr-dev", { hosts: { frontend: "prod.packit.dev" } }, ["hosts.frontend"]],
  ["its own domain", "copr-dev", { domain: "copr.example.org" }, []],
  ["one host twice", "copr-dev", { hosts: { results: "copr-dev.packit.dev" } }, ["hosts"]],
  ["S16 a made certificate", "copr-stg", { certificates: { source: "made" } }, ["certificates.source"]],
  [
    "S3 a developer's things for others",
    "copr-stg",
    { login: { ...SHARED.login, developer: "jdoe" }, sourcePath: "/opt/copr" },
    ["login.developer", "sourcePath"],
  ],
  ["C31 no way to log in", "copr-stg", { login: {} }, ["login.oidc"]],
  [
    "a provider without addresses",
    "copr-stg",
    { login: { oidc: { provider: "Fedora", client: "copr", token: "https://id.example.org/token" } } },
    ["login.oidc"],
  ],
  ["C33 notices without mail", "copr-dev", { jobs: { outdatedChroots: { enabled: true } } }, ["mail.relay"]],
  [
    "notices with mail",
    "copr-dev",
    { jobs: { outdatedChroots: { enabled: true } }, mail: { relay: "a.b" } },
    [],
  ],
  [
    "builds with more than the most",
    "copr-dev",
    { buildLimits: { maxMemory: 1024 } },
    ["buildLimits.defaultMemory"],
  ],
  [
    "a promise above its limit",
    "copr-dev",
    { backend: { builds: { requests: { memory: "4Gi" } } } },
    ["backend.builds.requests.memory"],
  ],
  [
    "D01 shared memory of all memory",
    "copr-dev",
    { database: { sharedMemory: "512Mi" } },
    ["database.sharedMemory"],
  ],
  ["no account", "copr-stg", { aws: { clusterEgress: [] } }, ["aws.account"]],
  ["no account, and no builders", "copr-stg", { aws: {}, builders: { enabled: false } }, []],
  ["no way to builders", "copr-stg", { aws: { ...SHARED.aws, clusterEgress: [] } }, ["aws.clusterEgress"]],
  [
    "SSH for everybody",
    "copr-stg",
    { aws: { ...SHARED.aws, clusterEgress: ["0.0.0.0/0"] } },
    ["aws.clusterEgress"],
  ],
  [
    "subnets of no network",
    "copr-dev",
    { aws: { network: { subnets: ["subnet-0b853a75"] } } },
    ["aws.network.vpc"],
  ],
  [
    "a network without subnets",
    "copr-dev",
    { aws: { network: { vpc: "vpc-0b853a75" } } },
    ["aws.network.subnets"],
  ],
  [
    "a network that AWS does not make",
    "copr-dev",
    { aws: { network: { cidr: "10.0.0.0/8" } } },
    ["aws.network.cidr"],
  ],
  [
    "a network without room for subnets",
    "copr-dev",
    { aws: { network: { cidr: "10.74.0.0/27" } } },
    ["aws.network.cidr"],
  ],
  ["the stack's own tag", "copr-dev", { aws: { tags: { "Copr-Stack": "x" } } }, ["aws.tags.Copr-Stack"]],
  [
    "a pool's name that begins another's",
    "copr-dev",
    { builders: { pools: { x: { architecture: "x86_64", instanceType: "c6a.large", max: 1 } } } },
    ["builders.pools.x"],
  ],
  ["more ready than there may be", "copr-dev", pool({ maxPrealloc: 3 }), ["builders.pools.x86.maxPrealloc"]],
  [
    "more starting than there may be",
    "copr-dev",
    pool({ maxStarting: 3 }),
    ["builders.pools.x86.maxStarting"],
  ],
  [
    "ready on demand",
    "copr-dev",
    pool({ onDemand: true, maxPrealloc: 1 }),
    ["builders.pools.x86.maxPrealloc"],
  ],
  ["B29 a tag on demand and not", "copr-dev", second({ onDemand: true }), ["builders.pools.x86.onDemand"]],
  [
    "a type of another architecture",
    "copr-dev",
    second({ instanceType: "c6a.2xlarge" }),
    ["builders.pools.arm.instanceType"],
  ],
  [
    "a type without known memory",
    "copr-dev",
    pool({ instanceType: "hpc7a.48xlarge" }),
    ["builders.pools.x86.memory"],
  ],
  [
    "C25 builds that do not fit",
    "copr-dev",
    pool({ instanceType: "t3a.medium", mockTmpfs: "32Gi" }),
    ["builders.pools.x86.mockTmpfs"],
  ],
  [
    "C25 a disk that is full at once",
    "copr-dev",
    second({ rootVolume: "8Gi" }),
    ["builders.pools.arm.rootVolume"],
  ],
  ["a watch below the pools", "copr-dev", pool({ max: 5 }), ["builders.maxInstances"]],
  [
    "a watch below the longest build",
    "copr-dev",
    { builders: { maxAgeHours: 30 } },
    ["builders.maxAgeHours"],
  ],
  ["keys in clear", "copr-stg", { backup: {} }, ["backup.recipient"]],
  ["no key of OpenPGP", "copr-stg", { backup: { recipient: "ssh-ed25519 AAAA" } }, ["backup.recipient"]],
  [
    "S7 a private key",
    "copr-stg",
    { backup: { recipient: SHARED.backup.recipient.replaceAll("PUBLIC", "PRIVATE") } },
    ["backup.recipient"],
  ],
];

describe("rules of Copr's settings", () => {
  for (const [title, stack, values, wrong] of CASES) {
    it(`${wrong.length === 0 ? "take" : "refuse"} ${title}`, () => {
      const given = stack === "copr-dev" ? values : { ...SHARED, ...values };
      assert.deepEqual(wrongKeys(stack, { values: { ...given } }), wrong);
    });
  }

  it("are each in the list once", () => {
    assert.equal(new Set(COPR_RULES).size, COPR_RULES.length);
  });

  it("let a pool be emptied by one number", () => {
    const { pools } = coprSettings("copr-stg", { values: { ...SHARED, ...pool({ max: 0 }) } });
    assert.deepEqual([pools.x86?.max, pools.x86?.maxPrealloc], [0, 0]);
  });
});
