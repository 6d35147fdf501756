import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { stringify } from "yaml";

import { Api } from "../../local/plugins/aws/api/client";
import { readSettings } from "../../local/plugins/aws/settings";
import { runInstances } from "../components/copr/aws/resalloc-calls";
import { refused } from "../components/copr/aws/simulator";
import { holdings } from "../local/plugins/aws/support";
import { awsApi } from "../support/aws-api";
import { Checkout } from "../support/checkout";
import { Machines, startsOf } from "./copr/machines";
import { callsOf, launchOf, policyOf } from "./copr/rights";

const STACK = "copr-dev";
/** A second Copr of the same stack, whose name begins with that of the first. */
const TWO = "copr-dev-two";
const KINDS = "all,configmaps,secrets,persistentvolumeclaims,ingresses,networkpolicies,namespaces";

/** Images that the server on this machine has. */
const IMAGE = { owner: "amazon", name: "amzn2-ami-hvm-2.0*" };
const ARM = { architecture: "aarch64", instanceType: "c7g.2xlarge", max: 1 };
const SPOT = {
  architecture: "x86_64",
  instanceType: "c6a.4xlarge",
  spotPrice: "0.05",
  max: 1,
  tags: ["big"],
};

const WEB_IDENTITY = {
  provider: "arn:aws:iam::123456789012:oidc-provider/oidc.example.org/id",
  issuer: "oidc.example.org/id",
};

/** Tags of machines that are nobody's here, though they look so. */
const LOOK_ALIKES: readonly Readonly<Record<string, string>>[] = [
  {},
  { "copr-stack": "packit/copr-de" },
  { "copr-stack": "packit/copr-dev2", Name: "copr_dev__x86_00000001_20260101_000000" },
  { "Copr-Stack": "packit/copr-dev" },
  { CoprInstance: "packit/copr-dev" },
];

describe("two Coprs with builders in one cluster and one account", function () {
  this.timeout(600_000);
  const endpoint = awsApi();
  /** Its control plane is both stacks'. */
  let two: Checkout;
  let one: Checkout;
  let machines: Machines;
  let api: Api;
  /** What the account holds before there is anything, and of the second Copr alone. */
  const held = { before: "", two: "" };
  const started = { one: [] as string[], two: [] as string[], strangers: [] as string[] };

  before(async () => {
    machines = new Machines(endpoint());
    const settings = readSettings({}, { AWS_ENDPOINT_URL: endpoint() });
    api = new Api(settings, "us-east-1", new AbortController().signal);
    // The first question makes the account's default network, which then stays.
    await api.ec2("DescribeVpcs");
    held.before = await holdings(api);
    two = Checkout.make();
    one = Checkout.make();
  });
  after(async () => {
    machines.close();
    await one.close();
    await two.close();
  });

  /** Writes the settings of a Copr of `copr-dev`. */
  function configure(checkout: Checkout, settings: Readonly<Record<string, object | string>>): void {
    const aws = {
      endpoint: endpoint(),
      clusterEgress: ["192.0.2.10/32"],
      images: { x86_64: IMAGE, aarch64: { ...IMAGE, id: "ami-12c6146b" } },
      // One has a key, the other one's tokens count in AWS.
      ...(checkout === two && { webIdentity: WEB_IDENTITY }),
    };
    const all = { platform: "kubernetes", aws, ...settings };
    const config = Object.fromEntries(Object.entries(all).map(([name, value]) => [`packit:${name}`, value]));
    writeFileSync(join(checkout.root, `Pulumi.${STACK}.yaml`), stringify({ config }));
  }

  async function run(checkout: Checkout, ...args: readonly string[]): Promise<string> {
    const outcome = await checkout.stacks(...args);
    assert.equal(outcome.code, 0, outcome.output);
    return outcome.output;
  }

  /** Everything of an instance in the cluster, and how often it has changed. */
  async function objects(instance: string): Promise<string[]> {
    const all = await two.objectsOf(instance, KINDS);
    return all.map(({ kind, metadata: { uid, generation } }) => `${kind} ${uid} ${generation}`).sort();
  }

  it("come up, one beside the other, and change nothing when nothing has changed", async () => {
    configure(two, { instance: TWO });
    // Brings the control plane up, too.
    await run(two, "up", STACK, "--skip-preview");
    for (const start of await startsOf(two, TWO)) started.two.push(...(await machines.start(start, 2)));
    for (const tags of LOOK_ALIKES) started.strangers.push(await machines.strange(tags));
    held.two = await holdings(api);
    const before = await objects(TWO);

    configure(one, { cluster: { kubeconfig: two.kubeconfig, context: "packit-local" } });
    await run(one, "up", STACK, "--skip-preview");
    assert.deepEqual(await objects(TWO), before);
    assert.ok(before.length > 100, String(before.length));
    for (const checkout of [one, two])
      assert.match(await run(checkout, "preview", STACK), /Resources:\n\s+\d+ unchanged\s*(?:\n|$)/);
  });

  it("say what they run and which secrets they have, each of itself alone", async () => {
    for (const [checkout, instance] of [
      [one, STACK],
      [two, TWO],
    ] as const) {
      const status = await run(checkout, "images", "status", STACK, "resalloc", "--no-registry", "--json");
      const { images } = JSON.parse(status) as { images: { running: { pods: number }[] }[] };
      // Resalloc and its pages.
      assert.deepEqual([images.length, images[0]?.running[0]?.pods], [1, 2], instance);
      const { stdout, code } = await checkout.stacks("secrets", "status", STACK, "--json");
      assert.deepEqual([code, (JSON.parse(stdout) as { status: string }).status], [0, "fine"], stdout);
    }
  });

  it("S18: may start and end the builders of their own pools, and none of the other's", async () => {
    const starts = { one: await startsOf(two, STACK), two: await startsOf(two, TWO) };
    const policies = { one: await policyOf(api, STACK), two: await policyOf(api, TWO) };
    // Who has a key shows it in a Secret; who has a role needs none.
    const secrets = await Promise.all([STACK, TWO].map((instance) => two.objectsOf(instance, "secrets")));
    const withKey = secrets.map((all) => all.some(({ metadata }) => metadata.name === "resalloc-aws"));
    assert.deepEqual(withKey, [true, false]);
    for (const [who, other] of [
      ["one", "two"],
      ["two", "one"],
    ] as const) {
      assert.ok(starts[who].length > 0);
      for (const start of starts[who]) {
        for (const call of callsOf(start)) {
          assert.deepEqual(await refused(policies[who], call), [], call.action);
          assert.notDeepEqual(await refused(policies[other], call), [], call.action);
        }
      }
    }
  });

  it("C29: take further pools and a new key, while builders of the old one run", async () => {
    const [first] = await startsOf(two, STACK);
    assert.ok(first);
    started.one.push(...(await machines.start(first, 2)));
    const before = await objects(TWO);
    configure(one, {
      cluster: { kubeconfig: two.kubeconfig, context: "packit-local" },
      builders: { pools: { arm: ARM, big: SPOT }, maxInstances: 10 },
    });
    await run(one, "up", STACK, "--skip-preview");
    const key = await urnOf(one, "builder-ssh");
    const replaced = await one.pulumi("up", "--yes", "--skip-preview", "--stack", STACK, "--replace", key);
    assert.equal(replaced.code, 0, replaced.output);
    const order = [/KeyPair copr-dev created replacement/, /KeyPair copr-dev deleted original/].map((text) =>
      replaced.output.search(text),
    );
    assert.ok(order[0] !== -1 && Number(order[0]) < Number(order[1]), replaced.output);
    assert.match(await run(one, "preview", STACK), /Resources:\n\s+\d+ unchanged\s*(?:\n|$)/);

    const starts = await startsOf(two, STACK);
    assert.deepEqual(
      starts.map(({ pool, type, spotPrice }) => [pool, type, spotPrice]),
      [
        ["copr_dev__arm", "c7g.2xlarge", undefined],
        ["copr_dev__big", "c6a.4xlarge", "0.05"],
        ["copr_dev__x86", "c6a.2xlarge", undefined],
      ],
    );
    const policy = await policyOf(api, STACK);
    for (const start of starts) {
      assert.notEqual(start.keyName, first.keyName);
      for (const call of callsOf(start)) assert.deepEqual(await refused(policy, call), [], call.action);
      started.one.push(...(await machines.start(start)));
    }
    assert.notDeepEqual(await refused(policy, runInstances(launchOf(first))), []);
    assert.deepEqual(await machines.ids(), Object.values(started).flat().sort());
    assert.deepEqual(await objects(TWO), before);
  });

  it("C26: go one at a time, with their own builders and none of the look-alikes", async () => {
    const before = await objects(TWO);
    const output = await run(one, "destroy", STACK, "--yes");
    for (const id of started.one) assert.match(output, new RegExp(`terminated ${id}`));
    // What starts builders goes before them, what they hold on to after them.
    const order = ["Deployment resalloc", "Sweep copr-dev", "SecurityGroup copr-dev", "KeyPair copr-dev"].map(
      (what) => output.indexOf(`${what} deleted`),
    );
    assert.ok(
      order[0] !== -1 && order.every((place, index) => index < 2 || Number(order[1]) < place),
      output,
    );
    assert.ok(Number(order[0]) < Number(order[1]), output);
    assert.deepEqual(await machines.ids(), [...started.two, ...started.strangers].sort());
    assert.equal(await holdings(api), held.two);
    assert.deepEqual(await objects(STACK), []);
    assert.deepEqual(await objects(TWO), before);
    assert.match(await run(two, "preview", STACK), /Resources:\n\s+\d+ unchanged\s*(?:\n|$)/);

    await run(two, "destroy", STACK, "--yes");
    assert.deepEqual(await machines.ids(), [...started.strangers].sort());
    assert.equal(await holdings(api), held.before);
    assert.deepEqual(await objects(TWO), []);
    for (const checkout of [one, two]) assert.deepEqual(await resourcesOf(checkout), []);
  });
});

interface Stored {
  readonly urn: string;
}

async function resourcesOf(checkout: Checkout): Promise<readonly Stored[]> {
  const { stdout } = await checkout.pulumi("stack", "export", "--stack", STACK);
  const { deployment } = JSON.parse(stdout) as { deployment: { resources?: readonly Stored[] } };
  return deployment.resources ?? [];
}

async function urnOf(checkout: Checkout, name: string): Promise<string> {
  const found = (await resourcesOf(checkout)).find(({ urn }) => urn.endsWith(`::${name}`));
  assert.ok(found, name);
  return found.urn;
}
