import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { processesWith } from "../../../support/killing";
import type { Lab } from "./lab";
import type { Round } from "./rounds";
import type { Shot } from "./shot";

/** What an instance would have lost had it been made anew: its namespaces, its volumes, all that was made up for it. */
export type Treasure = Readonly<Record<string, unknown>>;

export async function treasureOf({ checkout }: Lab, stack: string): Promise<Treasure> {
  const objects = await checkout.objectsOf(stack, "namespaces,persistentvolumeclaims,secrets");
  return Object.fromEntries(
    objects.map(({ kind, metadata, data }) => [
      `${kind} ${metadata.name}`,
      kind === "Secret" ? (data as unknown) : metadata.uid,
    ]),
  );
}

/** The image that the instance has of the pull request. */
export async function imageOf({ checkout }: Lab, stack: string): Promise<string> {
  const deployments = await checkout.objectsOf(stack, "deployments");
  const dashboard = deployments.find(({ metadata }) => metadata.name === "packit-dashboard");
  return String(dashboard?.spec.template.spec.containers[0].image);
}

/** How long a command may go on once something that it needs is gone, in milliseconds. */
const ENDS_MS = 120_000;

/** That a command of which something was killed ended plainly, unless it got through. */
export function endedPlainly({ victim }: Round, { code, output, ending }: Shot): void {
  assert.ok(ending < ENDS_MS, `it went on for ${ending} ms\n${output}`);
  if (victim === "command") {
    assert.equal(code, null, output);
  } else if (code !== 0) {
    assert.equal(code, 1, output);
    assert.match(output, /^error: /m);
    assert.doesNotMatch(output, /^\s+at .*:\d+:\d+\)?$|^goroutine /m);
    assert.match(output, /run the command again|deploy again/, output);
  }
}

/** How long what was killed may take to take the rest along, in milliseconds. */
const FADES_MS = 30_000;

/** That no process of a round is left. */
export async function nobodyLeft(lab: Lab, { number }: Round): Promise<void> {
  const until = performance.now() + FADES_MS;
  while (processesWith(lab.mark(number)).length > 0 && performance.now() < until) await sleep(200);
  assert.deepEqual(processesWith(lab.mark(number)), [], "processes of the killed run are left");
}

/** That an instance is live and as it should be, and has lost nothing of what it had. */
export async function isWhole(lab: Lab, { stack }: Round, before: Treasure): Promise<void> {
  const all = (await lab.list()).filter(({ name }) => name === stack);
  assert.deepEqual(
    all.map(({ state, worker, reason }) => ({ state, worker, reason })),
    [{ state: "live", worker: undefined, reason: undefined }],
  );
  const status = await lab.checkout.stacks("status", stack);
  assert.equal(status.code, 0, status.output);
  await lab.checkout.assertUnchanged(stack);
  const after = await treasureOf(lab, stack);
  assert.ok(Object.keys(after).length > 5);
  for (const [name, value] of Object.entries(before)) assert.deepEqual(after[name], value, name);
}

const KINDS = "namespaces,leases,clusterroles,clusterrolebindings,persistentvolumes,priorityclasses";

/** That nothing of an instance is left. */
export async function isGone(lab: Lab, { stack }: Round): Promise<void> {
  const { checkout } = lab;
  const names = (await lab.list()).map(({ name }) => name);
  assert.ok(!names.includes(stack), names.join());
  const objects = await checkout.objectsOf(stack, KINDS);
  assert.deepEqual(
    objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    [],
  );
  const volumes = await checkout.kubectl(
    "get",
    "persistentvolumes",
    "--output=jsonpath={..claimRef.namespace}",
  );
  assert.ok(!volumes.includes(`packit-${stack}`), volumes);
  // Of its state the engine leaves empty folders.
  const files = [checkout.root, join(checkout.root, ".local", "state"), join(checkout.root, ".local", "runs")]
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: folder !== checkout.root }))
    .filter((entry) => entry.isFile() && `${entry.parentPath}/${entry.name}`.includes(stack))
    .map(({ name }) => name);
  assert.deepEqual(files, []);
}
