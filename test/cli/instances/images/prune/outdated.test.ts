import assert from "node:assert/strict";

import { digestsInUse, type KeptImage, outdated } from "../../../../../cli/instances/images/prune/outdated";
import type { KnownInstance } from "../../../../../cli/instances/leases/api";
import { recordOf } from "../../leases/records";

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const KEEP = { now: NOW, keep: 14 * DAY };
const TAG = "0123456789abcdef0123";
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

function image(changes: Partial<KeptImage> = {}): KeptImage {
  return { name: "packit-worker", tag: TAG, digests: [digest("1")], createdAt: NOW - 15 * DAY, ...changes };
}

function live(name: string, changes: Partial<KnownInstance> = {}, images?: string[]): KnownInstance {
  const record = recordOf(name, { state: "live", ...(images !== undefined && { images }) });
  return { name, admitted: true, record, ...changes };
}

describe("images that nobody needs any more", () => {
  it("are old, of this project's naming, and run by no instance", () => {
    const inUse = new Set([digest("2")]);
    const go = [image(), image({ name: "sandcastle" }), image({ digests: [] })];
    const stay = [
      image({ createdAt: NOW - 13 * DAY }),
      image({ createdAt: NOW + DAY }),
      image({ createdAt: Number.NaN }),
      image({ createdAt: Number.NEGATIVE_INFINITY, digests: [] }),
      image({ digests: [digest("1"), digest("2")] }),
      image({ name: "postgres" }),
      image({ name: "packit-worker-of-jane" }),
      image({ tag: "latest" }),
      image({ tag: `${TAG}4` }),
      image({ tag: TAG.toUpperCase() }),
    ];
    assert.deepEqual(outdated([...stay, ...go], inUse, KEEP), go);
  });

  it("are none while nobody can say what runs", () => {
    assert.deepEqual(outdated([image()], undefined, KEEP), []);
  });
});

describe("the images that instances run", () => {
  const names = ["dev-pr-1", "dev-pr-2"];
  const work = { holder: "jane@laptop", since: 0, until: 1, expired: false };
  const inUse = (...instances: KnownInstance[]) => digestsInUse({ instances }, names);

  it("are what all records say, also of those that sleep or have failed", () => {
    const asleep: KnownInstance = {
      name: "dev-pr-2",
      admitted: false,
      record: recordOf("dev-pr-2", { state: "asleep", images: [digest("2")] }),
    };
    const found = inUse(live("dev-pr-1", {}, [digest("1")]), asleep);
    assert.deepEqual(found, new Set([digest("1"), digest("2")]));
    assert.deepEqual(digestsInUse({ instances: [] }, []), new Set());
  });

  it("are not known when one is at work, or tells nothing", () => {
    const one = live("dev-pr-1", {}, []);
    const second = live("dev-pr-2", {}, []);
    assert.ok(inUse(one, second));
    // Its namespaces are there, and its lease is not: a plain pulumi up has made it.
    assert.equal(inUse(one), undefined);
    assert.equal(inUse(one, live("dev-pr-2")), undefined);
    assert.equal(inUse(one, { name: "dev-pr-2", admitted: false, problem: "it is no JSON" }), undefined);
    assert.equal(inUse(one, { ...second, work }), undefined);
    assert.ok(inUse(one, { ...second, work: { ...work, expired: true } }));
    for (const state of ["queued", "building", "deploying"] as const)
      assert.equal(
        inUse(one, { ...second, record: recordOf("dev-pr-2", { state, images: [] }) }),
        undefined,
        state,
      );
  });
});
