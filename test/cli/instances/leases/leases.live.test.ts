import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import { build } from "esbuild";

import { type Cluster, connect } from "../../../../cli/cluster";
import { openControl } from "../../../../cli/instances/leases/control";
import { ensureControlNamespace } from "../../../../cli/instances/leases/namespace";
import { CONTROL_NAMESPACE } from "../../../../cli/instances/record";
import { startCluster } from "../../../../local/cluster";
import { cleanUp, testFolder } from "../../../local/cluster/support";
import { recordOf } from "./records";

const MODULES = resolve(__dirname, "..", "..", "..", "..", "node_modules");

const STACK = "dev-pr-614";
const JANE = { kind: "person", name: "jane" } as const;

describe("leases of test instances on a real API server", () => {
  let folder = "";
  let cluster: Cluster;
  const takers: ChildProcess[] = [];

  before(async () => {
    folder = testFolder();
    await startCluster(folder);
    // Translated once for all of them, and beside the libraries.
    symlinkSync(MODULES, join(folder, "node_modules"));
    await build({
      entryPoints: [resolve(__dirname, "taker.ts")],
      outfile: join(folder, "taker.cjs"),
      bundle: true,
      platform: "node",
      packages: "external",
    });
    cluster = await connect({ kubeconfig: join(folder, "kubeconfig") });
  });
  after(async () => {
    for (const taker of takers) taker.kill("SIGKILL");
    await cleanUp(folder);
  });

  /** Starts a process that takes a lease; its lines are told one by one. */
  function taker(
    stack: string,
    witness: string,
    forMs: number,
  ): { child: ChildProcess; line: () => Promise<string> } {
    const args = [join(folder, "taker.cjs"), join(folder, "kubeconfig"), witness, stack, String(forMs)];
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "inherit"],
    });
    takers.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => {
      const next = await lines.next();
      return next.done === true ? "ended" : next.value;
    };
    return { child, line };
  }

  it("make their namespace, with the rights that whoever deploys needs, as often as one likes", async () => {
    const subjects = [{ kind: "User", name: "jane" }] as const;
    await ensureControlNamespace(cluster);
    await Promise.all([ensureControlNamespace(cluster, subjects), ensureControlNamespace(cluster, subjects)]);
    await ensureControlNamespace(cluster, [...subjects, { kind: "Group", name: "packit-team" }]);
    for (const [verb, resource, allowed] of [
      ["get", "leases", true],
      ["list", "leases", true],
      ["create", "leases", true],
      ["update", "leases", true],
      ["delete", "leases", true],
      ["get", "secrets", false],
      ["create", "pods", false],
    ] as const) {
      const group = resource === "leases" ? "coordination.k8s.io" : "";
      const { body } = await cluster.ask("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SubjectAccessReview",
        spec: { user: "jane", resourceAttributes: { namespace: CONTROL_NAMESPACE, verb, resource, group } },
      });
      assert.equal((body as { status: { allowed: boolean } }).status.allowed, allowed, `${verb} ${resource}`);
    }
  });

  it("are taken by one process after the other, and by the next one when the holder is killed", async () => {
    const witness = join(folder, "witness");
    const doomed = taker(STACK, witness, 600_000);
    assert.equal(await doomed.line(), "working");
    const others = Array.from({ length: 4 }, () => taker(STACK, witness, 300));
    const first = Promise.race(others.map(({ line }) => line()));
    // It goes on holding it, longer than a lease lasts, while others wait.
    const waited = sleep(14_000, "still waiting");
    assert.equal(await Promise.race([first, waited]), "still waiting");
    const killedAt = performance.now();
    doomed.child.kill("SIGKILL");
    await once(doomed.child, "exit");
    rmSync(witness);
    assert.equal(await first, "working");
    const took = performance.now() - killedAt;
    assert.ok(took > 9_000, `${took} ms`);
    await Promise.all(
      others.map(async ({ child }) => {
        if (child.exitCode === null) await once(child, "exit");
        assert.equal(child.exitCode, 0);
      }),
    );
    const instance = await openControl(cluster).instance(STACK);
    assert.deepEqual(instance?.record, recordOf(STACK));
    assert.equal(instance.work, undefined);
  });

  it("give five who come at once five identities, and nobody else one until they are back", async () => {
    const stacks = [STACK, "dev-pr-1", "dev-pr-2", "dev-pr-3", "dev-pr-4"];
    const all = stacks.map((stack) => taker(stack, join(folder, stack), 0));
    const given = await Promise.all(
      all.map(async ({ line }) => {
        assert.equal(await line(), "working");
        return line();
      }),
    );
    assert.equal(new Set(given).size, 5, given.join());
    const control = openControl(cluster);
    const pool = given.map((line) => ({ name: line.replace("done ", "") }));
    const sixth = (): Promise<{ name: string }> =>
      control.hold("dev-pr-5", JANE, {}, ({ takeIdentity }) => takeIdentity(pool));
    await assert.rejects(sixth, /all 5 are taken[^]*alpha: dev-pr-\d+ \(jane@laptop\)/);
    for (const stack of stacks) await control.hold(stack, JANE, {}, ({ forget }) => forget());
    await sixth();
    const { instances, identities } = await control.known();
    assert.deepEqual([instances, identities], [[], {}]);
  });

  it("let so many live at once, and the next one when one of them sleeps", async () => {
    const control = openControl(cluster, { timing: { duration: 12_000, renewEvery: 1_500, askEvery: 200 } });
    const admitted: string[] = [];
    const live = (stack: string): Promise<void> =>
      control.hold(stack, JANE, {}, async (held) => {
        await held.update(() => recordOf(stack, { state: "queued" }));
        await held.admit({ max: 2, wait: true });
        admitted.push(stack);
        await held.update(() => recordOf(stack, { state: "live" }));
      });
    const all = ["dev-pr-1", "dev-pr-2", "dev-pr-3"].map(live);
    await Promise.race([
      Promise.all(all.slice(0, 2)),
      Promise.all(all.slice(1)),
      Promise.all([all[0], all[2]]),
    ]);
    assert.equal(admitted.length, 2);
    const [first = ""] = admitted;
    await control.hold(first, JANE, {}, async (held) => {
      await held.update(() => recordOf(first, { state: "asleep" }));
      await held.giveUpPlace();
    });
    await Promise.all(all);
    assert.equal(admitted.length, 3);
  });
});
