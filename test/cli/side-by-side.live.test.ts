import assert from "node:assert/strict";

import { Checkout } from "../support/checkout";
import { ownThings } from "../support/own-things";

const KINDS =
  "all,configmaps,secrets,persistentvolumeclaims,ingresses,networkpolicies,serviceaccounts,roles,rolebindings,namespaces";
const STACKS = ["dev-pr-1", "dev-dashboard-1"] as const;

describe("two instances side by side", () => {
  let checkout: Checkout;

  before(() => {
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  async function uids(stack: string): Promise<string[]> {
    return (await checkout.objectsOf(stack, KINDS)).map(({ metadata }) => metadata.uid).sort();
  }

  it("come up one after the other without touching each other", async () => {
    const [first, second] = STACKS;
    assert.equal((await checkout.stacks("up", first)).code, 0);
    const before = await uids(first);
    assert.ok(before.length > 60, String(before.length));
    const up = await checkout.stacks("up", second);
    assert.equal(up.code, 0, up.output);
    assert.deepEqual(await uids(first), before);
  });

  it("share no namespace, host or secret value", async () => {
    const [first, second] = await Promise.all(STACKS.map((stack) => ownThings(checkout, stack)));
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(
      [...first].filter((value) => second.has(value)),
      [],
    );
  });

  it("go one at a time", async () => {
    const [first, second] = STACKS;
    const before = await uids(first);
    assert.equal((await checkout.stacks("destroy", second)).code, 0);
    assert.deepEqual(await uids(second), []);
    assert.deepEqual(await uids(first), before);
  });
});
