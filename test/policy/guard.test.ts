import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";

import * as pulumi from "@pulumi/pulumi";

import { Exceptions } from "../../policy/exceptions";
import { guard } from "../../policy/guard";
import type { Where } from "../../policy/where";
import { limits } from "../../policy/rules/resources/limits";
import { noLatest } from "../../policy/rules/images/no-latest";
import { pinned } from "../../policy/rules/images/pinned";
import { protectedState } from "../../policy/rules/state/protected";
import { CONTAINER, deployment, object } from "./examples";

/** A few rules, so that the tests stay true when there are more. */
const SOME_RULES = [noLatest, pinned, limits, protectedState];

/** Registers resources as a program would, and says which of them could go on and with what the others failed. */
class Program {
  readonly #transformation;
  readonly #checks: (readonly [name: string, check: Promise<unknown>])[] = [];

  constructor(where: Where = "prod", exceptions?: Exceptions) {
    this.#transformation = guard(
      "prod",
      SOME_RULES.filter((rule) => rule.holdsIn.includes(where)),
      exceptions,
    );
  }

  register(
    name: string,
    { type, inputs }: { type: string; inputs: object },
    opts: pulumi.ResourceOptions = {},
    resource: object = pulumi.CustomResource.prototype,
  ): pulumi.ResourceOptions | undefined {
    const result = this.#transformation({
      resource: Object.create(resource) as pulumi.Resource,
      type,
      name,
      props: inputs,
      opts,
    });
    if (result !== undefined) this.#checks.push([name, result.opts.dependsOn as Promise<unknown>]);
    return result?.opts;
  }

  async end(): Promise<{ registered: string[]; errors: Error[] }> {
    const registered: string[] = [];
    const errors = new Set<Error>();
    for (const [name, check] of this.#checks) {
      await check.then(
        () => registered.push(name),
        (error: unknown) => errors.add(error as Error),
      );
    }
    return { registered, errors: [...errors] };
  }
}

function running(image: pulumi.Input<string>): { type: string; inputs: object } {
  return deployment({ ...CONTAINER, image });
}

/** A value that comes with another resource. */
function later<T>(value: T) {
  return pulumi.output(setImmediate(value));
}

describe("the guard", () => {
  before(() => pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }));

  it("lets a program pass that obeys", async () => {
    const program = new Program();
    program.register("good", deployment(CONTAINER));
    assert.deepEqual(await program.end(), { registered: ["good"], errors: [] });
  });

  it("stops everything before the first resource, with all that is written down in one error", async () => {
    const program = new Program();
    program.register("first", deployment(CONTAINER));
    program.register("tagged", running("registry.example/web:1"));
    program.register("data", object("v1", "PersistentVolumeClaim", {}));
    const { registered, errors } = await program.end();
    assert.deepEqual(registered, []);
    assert.equal(errors.length, 1);
    assert.equal(
      errors[0]?.message,
      [
        "The policy refuses stack prod: 2 findings",
        "",
        "  Deployment/tagged: container web runs registry.example/web:1, which has no digest and no trigger [images/pinned]",
        "    why: a tag can be pushed over at any time, and the next pod that starts anywhere runs something else",
        "    fix: give the image's digest (name@sha256:…) in the settings, or let it follow an ImageStream",
        "",
        "  PersistentVolumeClaim/data: it holds data and is not protected [state/protected]",
        "    why: one wrong rename or destroy deletes it, and with a namespace everything inside",
        `    fix: set protect on the resource itself, or annotate packit.dev/disposable: "true" what can be made again`,
      ].join("\n"),
    );
  });

  it("is an error that the engine prints in a moment: without a stack", async () => {
    const program = new Program();
    program.register("tagged", running("registry.example/web:1"));
    const [error] = (await program.end()).errors;
    assert.ok(pulumi.RunError.isInstance(error));
    assert.equal(error.stack, undefined);
  });

  it("stops a resource whose fault comes with another's outputs, and no other", async () => {
    const program = new Program();
    program.register("late", running(later("registry.example/web:1")));
    program.register("good", running(later(CONTAINER.image)));
    program.register("deep", deployment(later({ ...CONTAINER, image: "registry.example/web" })));
    const { registered, errors } = await program.end();
    assert.deepEqual(registered, ["good"]);
    assert.deepEqual(
      errors.map((error) => error.message.split("\n")[0]),
      ["The policy refuses stack prod: 1 finding", "The policy refuses stack prod: 2 findings"],
    );
  });

  it("checks secret values and does not repeat them", async () => {
    const program = new Program();
    program.register("hidden", running(pulumi.secret("registry.example/hidden:1")));
    const [error] = (await program.end()).errors;
    assert.match(error?.message ?? "", /container web runs \[secret\], which/);
  });

  it("leaves open in a preview what only the update will know", async () => {
    const program = new Program();
    const unknown = pulumi.output(pulumi.unknown as string);
    program.register("unknown", running(unknown));
    assert.deepEqual(await program.end(), { registered: ["unknown"], errors: [] });
  });

  it("keeps a resource's own options", async () => {
    const program = new Program();
    const dependency = Object.create(pulumi.CustomResource.prototype) as pulumi.Resource;
    const opts = program.register("good", deployment(CONTAINER), { protect: true, dependsOn: dependency });
    assert.equal(opts?.protect, true);
    assert.equal(await (opts.dependsOn as Promise<unknown>), dependency);
  });

  it("leaves components alone, which are nothing in a cluster", () => {
    const program = new Program();
    const component = { type: "packit:platform:Workload", inputs: {} };
    assert.equal(program.register("web", component, {}, pulumi.ComponentResource.prototype), undefined);
  });

  it("holds in staging only what holds there", async () => {
    const program = new Program("stg");
    program.register("tagged", running("registry.example/web:stg"));
    assert.deepEqual(await program.end(), { registered: ["tagged"], errors: [] });
  });

  it("lets an exception pass while it lasts, and refuses everything when it is over", async () => {
    const exception = {
      rule: "images/pinned",
      resource: "Deployment/tagged",
      reason: "a trial",
      until: "2027-01-31",
    };
    const outcome = async (day: string) => {
      const program = new Program("prod", new Exceptions([exception], new Date(day)));
      // A program lets its provider out first, and everything is said at once all the same.
      program.register("cluster", { type: "pulumi:providers:kubernetes", inputs: {} });
      await setImmediate();
      await setImmediate();
      program.register("tagged", running("registry.example/web:1"));
      program.register("good", deployment(CONTAINER));
      return program.end();
    };
    assert.deepEqual(await outcome("2027-01-31"), { registered: ["cluster", "tagged", "good"], errors: [] });
    const { registered, errors } = await outcome("2027-02-01");
    assert.deepEqual(registered, ["cluster"]);
    assert.equal(errors.length, 1);
    assert.match(
      errors[0]?.message ?? "",
      /2 findings[^]*images\/pinned ended on 2027-01-31 \[policy\/exceptions\]/,
    );
  });
});
