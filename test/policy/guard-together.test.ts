import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";

import * as pulumi from "@pulumi/pulumi";

import { guard } from "../../policy/guard";
import type { StackRule } from "../../policy/rule";
import { EVERYWHERE } from "../../policy/where";

/** No two ConfigMaps hold the same text. */
const unique: StackRule = {
  id: "test/unique",
  title: "Texts are unique",
  why: "a test says so",
  fix: "write another text",
  severity: "low",
  kinds: ["ConfigMap"],
  holdsIn: EVERYWHERE,
  enforcement: "mandatory",
  *checkInStack(resource, { resources }) {
    for (const other of resources) {
      if (other.name !== resource.name && other.inputs.text === resource.inputs.text)
        yield `has the text of ${other.name}`;
    }
  },
};

/**
 * Registers ConfigMaps as a program would, each with a text, and says what each of them came to.
 *
 * @param provider - Whether their provider is let out before the program goes on.
 */
async function outcomes(
  texts: Readonly<Record<string, pulumi.Input<string>>>,
  provider = false,
): Promise<Record<string, string[]>> {
  const transformation = guard("prod", [unique]);
  if (provider) {
    const resource = Object.create(pulumi.CustomResource.prototype) as pulumi.Resource;
    transformation({ resource, type: "pulumi:providers:kubernetes", name: "cluster", props: {}, opts: {} });
    await setImmediate();
    await setImmediate();
  }
  const checks = Object.entries(texts).map(([name, text]) => {
    const result = transformation({
      resource: Object.create(pulumi.CustomResource.prototype) as pulumi.Resource,
      type: "kubernetes:core/v1:ConfigMap",
      name,
      props: { text },
      opts: {},
    });
    return [name, result?.opts.dependsOn as Promise<unknown>] as const;
  });
  const outcome = async ([name, check]: (typeof checks)[number]) => {
    const lines = await check.then(
      () => [],
      (error: unknown) => (error as Error).message.split("\n").filter((line) => line.includes("[test/")),
    );
    return [name, lines.map((line) => line.trim())] as const;
  };
  return Object.fromEntries(await Promise.all(checks.map(outcome)));
}

/** A value that comes with another resource. */
function later<T>(value: T, after: Promise<unknown> = setImmediate()) {
  return pulumi.output(after.then(() => value));
}

describe("the guard, of rules that see the whole stack", () => {
  before(() => pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }));

  const B_LIKE_A = "ConfigMap/b: has the text of a [test/unique]";
  const A_LIKE_B = "ConfigMap/a: has the text of b [test/unique]";

  it("lets a program pass that obeys", async () => {
    assert.deepEqual(await outcomes({ a: "one", b: later("two") }), { a: [], b: [] });
  });

  it("stops everything before the first resource when the program wrote it down", async () => {
    const both = [A_LIKE_B, B_LIKE_A];
    for (const provider of [false, true])
      assert.deepEqual(await outcomes({ a: "one", b: "one", c: "two" }, provider), {
        a: both,
        b: both,
        c: both,
      });
  });

  it("stops what turns out wrong with another's outputs, and no other", async () => {
    assert.deepEqual(await outcomes({ a: later("one"), b: later("one"), c: later("two") }), {
      a: [A_LIKE_B],
      b: [B_LIKE_A],
      c: [],
    });
  });

  it("stops whatever brings it to light when the rest has been let go", async () => {
    const long = new Promise<void>((resolve) => void setTimeout(resolve, 1_000));
    const { a, b } = await outcomes({ a: later("one"), b: later("one", long) });
    assert.deepEqual(a, []);
    assert.deepEqual(b, [B_LIKE_A, A_LIKE_B]);
  });

  it("leaves open in a preview what only the update will know", async () => {
    const unknown = pulumi.output(pulumi.unknown as string);
    assert.deepEqual(await outcomes({ a: "one", b: unknown }), { a: [], b: [] });
  });
});
