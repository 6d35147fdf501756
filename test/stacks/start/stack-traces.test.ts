import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(__filename);
const { spareStacks, withoutStack } = require("../../../stacks/start/stack-traces.cjs");

describe("stacks that nobody reads", () => {
  // Modules of their own: those that all tests share are spared already.
  const paths = ["@pulumi/pulumi/runtime/debuggable", "@pulumi/pulumi/resource"].map((name) =>
    require.resolve(name),
  );
  const shared = paths.map((path) => require.cache[path]);

  beforeEach(() => {
    for (const path of paths) Reflect.deleteProperty(require.cache, path);
  });
  afterEach(() => {
    paths.forEach((path, index) => (require.cache[path] = shared[index]));
  });

  it("are not taken where the SDK's own files look for the functions that take them", async () => {
    const debuggable = require("@pulumi/pulumi/runtime/debuggable");
    const { Resource } = require("@pulumi/pulumi/resource");
    const framesOf = (promise: object): number =>
      Reflect.get(promise, "_debugStackTrace").split("\n").length - 1;
    const before = Promise.resolve();
    await debuggable.debuggablePromise(before, "a promise");
    assert.notEqual(framesOf(before), 0);
    assert.notDeepEqual(Resource.callsites(), []);

    spareStacks();
    const after = Promise.resolve();
    await debuggable.debuggablePromise(after, "another");
    assert.equal(framesOf(after), 0);
    assert.deepEqual(Resource.callsites(), []);
  });

  it("are taken by all others, also after a failure", () => {
    const fails = withoutStack(() => {
      throw new Error("lost");
    });
    assert.throws(fails, { message: "lost", stack: "Error: lost" });
    assert.match(new Error("found").stack ?? "", /\n {4}at /);
  });
});
