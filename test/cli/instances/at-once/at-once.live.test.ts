import assert from "node:assert/strict";
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { MemoryWatch } from "../../../../bench/memory";
import { connect } from "../../../../cli/cluster";
import { editSettings } from "../../../../cli/images/settings-file";
import type { Control } from "../../../../cli/instances/leases/api";
import { openControl } from "../../../../cli/instances/leases/control";
import type { InstanceView } from "../../../../cli/instances/view";
import { projectPaths } from "../../../../cli/paths";
import { startCluster } from "../../../../local/cluster";
import { Checkout } from "../../../support/checkout";
import { ownThings } from "../../../support/own-things";
import { images, Running } from "./person";

/** What the first five deploy. */
const FIVE = { ann: 801, ben: 802, cleo: 803, dan: 804, eve: 805 } as const;

/** Most that six deployments at once may hold together, in MiB: what a machine with 4 GB has beside all else. */
const MOST_MIB = 3_500;

const SETTINGS = `  packit:testInstances:
    max: 5
    identities: [{ name: alpha }, { name: beta }, { name: gamma }, { name: delta }, { name: epsilon }]
`;

describe("several people at once", function () {
  let checkout: Checkout;
  let control: Control;
  let memory: MemoryWatch;
  /** What each of them runs. */
  const people = new Map<string, Running>();

  this.bail(true);

  before(async () => {
    checkout = Checkout.make();
    appendFileSync(join(checkout.root, "Pulumi.dev.yaml"), SETTINGS);
    const paths = projectPaths(checkout.root);
    await startCluster(paths.cluster);
    control = openControl(await connect({ kubeconfig: paths.kubeconfig }));
    memory = new MemoryWatch(() => [...people.values()].map(({ pid }) => pid));
  });
  after(async () => {
    memory.stop();
    for (const one of people.values()) one.kill("SIGKILL");
    await checkout.close();
  });

  function deploys(by: string, pull: number, ...args: readonly string[]): Running {
    const one = Running.deploys(checkout, by, pull, ...args);
    people.set(by, one);
    return one;
  }

  function of(by: string): Running {
    return people.get(by) ?? assert.fail(`${by} does nothing`);
  }

  async function endsWell(by: string): Promise<InstanceView> {
    const { code, stdout, stderr } = await of(by).ended;
    assert.equal(code, 0, `${by}: ${stderr}`);
    return JSON.parse(stdout) as InstanceView;
  }

  /** Waits until something is so. */
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) await sleep(500);
  }

  async function listed(): Promise<readonly InstanceView[]> {
    const { stdout } = await checkout.stacks("list", "--json");
    return JSON.parse(stdout) as InstanceView[];
  }

  async function destroys(by: string, pull: number): Promise<void> {
    const { code, stderr } = await Running.does(checkout, by, "destroy", `dev-pr-${pull}`).ended;
    assert.equal(code, 0, stderr);
  }

  /** Nothing of an instance is there, on the cluster or on this machine. */
  async function assertNothingOf(pull: number): Promise<void> {
    const stack = `dev-pr-${pull}`;
    assert.deepEqual(await control.leftOf(stack), []);
    assert.deepEqual(await checkout.objectsOf(stack, "namespaces"), []);
    assert.ok(!existsSync(join(checkout.root, `Pulumi.${stack}.yaml`)));
    const { state } = projectPaths(checkout.root);
    assert.ok(!existsSync(join(state, ".pulumi", "stacks", "packit", `${stack}.json`)));
  }

  it("have as many instances as there are places", async () => {
    for (const [by, pull] of Object.entries(FIVE)) deploys(by, pull);
    await until(async () => (await control.known()).instances.filter((one) => one.admitted).length === 5);
  });

  it("do not step on each other's instance: the second fails at once, or waits", async () => {
    const zoe = await deploys("zoe", FIVE.ann).ended;
    assert.notEqual(zoe.code, 0);
    assert.match(zoe.stderr, /dev-pr-801 is held by ann since \d{4}-.* UTC, until \d{4}-.* UTC or longer/);
    assert.match(zoe.stderr, /--wait/);
    const yan = deploys("yan", FIVE.ann, "--wait", ...images("2"));
    await yan.says(
      /waiting for ann, who works on dev-pr-801 since \d{4}-.* UTC, until \d{4}-.* UTC or longer/,
    );
  });

  it("queue in their order, and whoever does not wait fails and leaves nothing", async () => {
    const living = Object.entries(FIVE).map(([by, pull]) => `dev-pr-${pull} \\((?:yan|${by})\\)`);
    for (const [index, [by, pull]] of Object.entries({ flo: 811, gus: 812, hal: 806 }).entries()) {
      const one = deploys(by, pull, "--wait");
      await one.says(new RegExp(`number ${index + 1} in the queue; running: ${living.join(", ")}`));
    }
    const ivy = await deploys("ivy", 807).ended;
    assert.notEqual(ivy.code, 0);
    assert.match(ivy.stderr, /it would be number 4 in the queue/);
    for (const one of living) assert.match(ivy.stderr, new RegExp(one));
    await assertNothingOf(807);
    const hals = (await listed()).find(({ name }) => name === "dev-pr-806");
    assert.deepEqual([hals?.state, hals?.holder?.name], ["queued", "hal"]);
    // Lists have the same fields for all.
    const { stdout } = await checkout.stacks("status", "dev-pr-806", "--json");
    assert.equal((JSON.parse(stdout) as InstanceView).place, 3);
  });

  it("move up when one of those before them gives up, who leaves nothing", async () => {
    for (const [by, signal, place] of [
      ["flo", "SIGINT", 2],
      ["gus", "SIGTERM", 1],
    ] as const) {
      of(by).kill(signal);
      const { code, stderr } = await of(by).ended;
      assert.equal(code, 1, stderr);
      assert.match(stderr, new RegExp(`interrupted by ${signal}`));
      await of("hal").says(new RegExp(`number ${place} in the queue`));
    }
    await assertNothingOf(811);
    await assertNothingOf(812);
  });

  it("end well, each with an instance and an identity of their own", async () => {
    const views = await Promise.all(Object.keys(FIVE).map(endsWell));
    assert.equal(new Set(views.map(({ identity }) => identity)).size, 5);
    assert.equal((await endsWell("yan")).holder?.name, "yan");
    const { peakMiB } = memory;
    assert.ok(peakMiB > 100 && peakMiB < MOST_MIB, `${peakMiB} MiB`);
  });

  it("get a place and an identity as soon as somebody gives theirs back", async () => {
    const bens = (await control.instance("dev-pr-802"))?.record?.identity;
    assert.ok(bens !== undefined);
    // Meanwhile somebody is killed in the middle of changing another one.
    const kit = deploys("kit", FIVE.cleo, ...images("3"));
    await kit.says(/deploy: preview: /);
    kit.kill("SIGKILL");
    await kit.ended;
    const lea = await deploys("lea", FIVE.cleo).ended;
    assert.notEqual(lea.code, 0);
    assert.match(lea.stderr, /dev-pr-803 is held by kit since \d{4}-.* UTC, until \d{4}-.* UTC or longer/);
    const max = deploys("max", FIVE.cleo, "--wait", "--ttl=3h", ...images("4"));
    await max.says(/waiting for kit/);
    // Whoever was waited for may have written settings that have to go.
    editSettings(join(checkout.root, "Pulumi.dev-pr-803.yaml"), [
      { path: ["ttl"], value: "never" },
      { path: ["keep"], value: "demonstration" },
    ]);
    await destroys("ben", FIVE.ben);
    assert.equal((await endsWell("hal")).identity, bens);
  });

  it("are told who has which identity when none is left, though there is room", async () => {
    const dan = Running.does(checkout, "dan", "sleep", "dev-pr-804");
    assert.equal((await dan.ended).code, 0, (await dan.ended).stderr);
    const ned = await deploys("ned", 808).ended;
    assert.notEqual(ned.code, 0);
    assert.match(ned.stderr, /all 5 are taken \(packit:testInstances.identities of its base\)/);
    for (const [pull, by] of Object.entries({ 801: "yan", 804: "dan", 805: "eve", 806: "hal" }))
      assert.match(ned.stderr, new RegExp(`^ +[a-z]+: dev-pr-${pull} \\(${by}\\), until \\d`, "m"));
    // Whoever is at it at this moment has it until then.
    assert.match(ned.stderr, /^ +[a-z]+: dev-pr-803 \((?:kit|max)\), until \d/m);
    await assertNothingOf(808);
  });

  it("have instances that are complete, apart from all others, and as their settings say", async () => {
    const stacks = [801, 804, 805, 806].map((pull) => `dev-pr-${pull}`);
    const own = await Promise.all(stacks.map((stack) => ownThings(checkout, stack)));
    assert.ok((own[0]?.size ?? 0) > 10);
    // Each has as many things as the others, and none in common with them.
    assert.deepEqual(new Set(own.map(({ size }) => size)), new Set([own[0]?.size]));
    assert.equal(new Set(own.flatMap((things) => [...things])).size, (own[0]?.size ?? 0) * own.length);
    await Promise.all(stacks.map((stack) => checkout.assertUnchanged(stack)));
  });

  it("succeed whoever was killed once their lease has ended, with the settings that they ask for", async () => {
    const { holder, expiresAt, keep } = await endsWell("max");
    assert.equal(holder?.name, "max");
    await checkout.assertUnchanged("dev-pr-803");
    assert.equal(keep, undefined);
    assert.ok(expiresAt !== null && Date.parse(expiresAt) - Date.now() < 3 * 3_600_000);
  });
});
