import assert from "node:assert/strict";

import { buildImages } from "../../../../cli/instances/images/build-images";
import { builderFor } from "../../../../cli/instances/images/builders/choose";
import { JobBuilder } from "../../../../cli/instances/images/builders/job";
import { MachineBuilder } from "../../../../cli/instances/images/builders/machine";
import { OpenShiftBuilder } from "../../../../cli/instances/images/builders/openshift";
import {
  type BaseImage,
  BuildError,
  type Builder,
  type BuildStep,
} from "../../../../cli/instances/images/model";
import { planImages } from "../../../../cli/instances/images/plan";
import { Registry } from "../../../../cli/registry/client";
import { IMAGE_BUILDER } from "../../../../stacks/settings/defaults/image-builder";
import { instance, LOOKUPS, pull } from "./examples";
import { fakeCluster } from "../../fake-cluster";

/** A builder that keeps what it builds in mind, and fails where it is told to. */
class MadeUpBuilder implements Builder {
  built: readonly { readonly step: BuildStep; readonly base: BaseImage | undefined }[] = [];
  readonly #there = new Map<string, string>();

  constructor(private readonly fails: (step: BuildStep) => boolean = () => false) {}

  find({ name, tag }: BuildStep): Promise<string | undefined> {
    return Promise.resolve(this.#there.get(`${name}:${tag}`));
  }

  build(step: BuildStep, base: BaseImage | undefined): Promise<string> {
    this.built = [...this.built, { step, base }];
    if (this.fails(step)) return Promise.reject(new BuildError(`${step.name} failed`, ["the last line"]));
    const reference = `quay.io/packit-test/${step.name}@sha256:${step.tag}`;
    this.#there.set(`${step.name}:${step.tag}`, reference);
    return Promise.resolve(reference);
  }

  userOf(): Promise<string | undefined> {
    return Promise.resolve("1001");
  }
}

const quiet = { onProgress: () => undefined };

describe("building the images of a plan", () => {
  const plan = planImages(instance([pull("packit-service", "1"), pull("ogr", "2")]), LOOKUPS);

  it("puts each step on what the one before it made, as its user", async () => {
    const builder = new MadeUpBuilder();
    const built = await buildImages(plan, builder, quiet);
    assert.deepEqual(Object.keys(built).sort(), ["service", "worker"]);
    const service = builder.built.filter(({ step }) => step.name === "packit-service");
    assert.deepEqual(
      service.map(({ step, base }) => [step.kind, base]),
      [
        ["repository", undefined],
        [
          "layer",
          {
            reference: `quay.io/packit-test/packit-service@sha256:${service[0]?.step.tag ?? ""}`,
            user: "1001",
          },
        ],
      ],
    );
  });

  it("builds nothing that is there, and goes on after what is there", async () => {
    const builder = new MadeUpBuilder();
    const first = await buildImages(plan, builder, quiet);
    builder.built = [];
    assert.deepEqual(await buildImages(plan, builder, quiet), first);
    assert.equal(builder.built.length, 0);
    await buildImages(
      planImages(instance([pull("packit-service", "1"), pull("ogr", "3")]), LOOKUPS),
      builder,
      quiet,
    );
    assert.deepEqual(
      builder.built.map(({ step }) => step.kind),
      ["layer", "layer"],
    );
  });

  it("waits for the others when one fails, and keeps what they made", async () => {
    const builder = new MadeUpBuilder(({ name }) => name === "packit-worker");
    await assert.rejects(
      buildImages(plan, builder, quiet),
      /^BuildError: packit-worker failed\n {2}the last line$/,
    );
    const [service] = plan;
    const last = service?.steps.at(-1);
    assert.notEqual(last && (await builder.find(last)), undefined);
    await assert.rejects(buildImages(plan, new MadeUpBuilder(() => true), quiet), ({ message }: Error) => {
      assert.match(message, /packit-service failed[^]*packit-worker failed/);
      return true;
    });
  });

  it("has nothing to do for nothing", async () => {
    assert.deepEqual(await buildImages([], new MadeUpBuilder(), quiet), {});
  });
});

describe("the builder for an instance", () => {
  const { cluster } = fakeCluster({});
  const place = { cluster, registry: new Registry({}), local: false, platform: "kubernetes" } as const;
  const kept = { ...IMAGE_BUILDER, registry: "quay.io/packit-test" };

  it("is OpenShift's where there is one, a Job elsewhere, and this machine for its own control plane", () => {
    assert.ok(builderFor(IMAGE_BUILDER, { ...place, platform: "openshift" }) instanceof OpenShiftBuilder);
    assert.ok(builderFor(IMAGE_BUILDER, { ...place, platform: "mpp" }) instanceof OpenShiftBuilder);
    assert.ok(builderFor(kept, place) instanceof JobBuilder);
    assert.ok(builderFor(IMAGE_BUILDER, { ...place, local: true }) instanceof MachineBuilder);
  });

  it("is none where images have nowhere to go, and the setting is named", () => {
    assert.throws(() => builderFor(IMAGE_BUILDER, place), /packit:testInstances\.builder\.registry/);
  });
});
