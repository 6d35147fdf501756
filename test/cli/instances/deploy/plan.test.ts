import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { imagesToBuild, planView } from "../../../../cli/instances/deploy/describe";
import { type DeployPlan, planDeploy } from "../../../../cli/instances/deploy/plan";
import { type DeployWords, readRequest } from "../../../../cli/instances/deploy/request";
import { partReferences } from "../../../../cli/instances/watch/moving";
import { edited } from "../../../../cli/images/settings-file";
import type { ProjectPaths } from "../../../../cli/paths";
import { isOurs, MADE_BY_DEPLOY } from "../../../../cli/stack-files";
import { emptyProject } from "../../../support/project";

const WORKER = `quay.io/packit/packit-worker@sha256:${"0".repeat(64)}`;

describe("the plan of a deployment", () => {
  let paths: ProjectPaths;

  beforeEach(() => {
    paths = emptyProject();
  });
  afterEach(() => {
    rmSync(paths.root, { recursive: true });
  });

  function plan(references: readonly string[], change: Partial<DeployWords> = {}): DeployPlan {
    return planDeploy(paths, readRequest({ references, base: "dev", image: [], ...change }));
  }

  it("tells code that can move from code that stays what it is, and why", () => {
    const moves = (references: readonly string[], change: Partial<DeployWords> = {}) => {
      const { moving, fixed } = partReferences(plan(references, change));
      return [moving.map(({ repository }) => repository), fixed];
    };
    assert.deepEqual(moves(["packit-service=614", "ogr=branch:main", "packit=jane:mend"]), [
      ["packit-service", "packit", "ogr"],
      [],
    ]);
    assert.deepEqual(moves(["ogr=sha:1f2e3d4", "packit=7", "deployment=321"]), [
      ["packit"],
      [
        "ogr=sha:1f2e3d4 is a commit, which stays what it is",
        "deployment=321 is what deploys: check its new commits out, and deploy from there again",
      ],
    ]);
    const image = ["service", "worker"].map((one) => WORKER.replace("packit-worker", one));
    const all = [`service=${image[0]}`, `worker=${image[1]}`];
    assert.deepEqual(moves(["packit-service=614"], { image: all.slice(1) }), [["packit-service"], []]);
    assert.deepEqual(moves(["packit-service=614"], { image: all }), [
      [],
      ["packit-service=614 is in images that are given with --image, and they stay what they are"],
    ]);
  });

  function write(name: string, text: string): void {
    writeFileSync(join(paths.root, `Pulumi.${name}.yaml`), text);
  }

  it("writes nothing that the stack's name says already", () => {
    assert.deepEqual(plan(["packit-service=614"]).edits, []);
    assert.deepEqual(plan(["packit-service=614"], { base: "stg" }).settings.ttl, "48h");
  });

  it("writes what the name does not say, and what the settings then are", () => {
    const { settings, edits } = plan(["ogr=branch:main"], { ttl: "3h", only: "worker" });
    assert.deepEqual(edits.slice(0, 1), [{ path: ["pulls", "ogr"], value: "branch:main" }]);
    assert.equal(settings.ttl, "3h");
    assert.equal(settings.components.dashboard, false);
    assert.deepEqual(settings.references, [{ repository: "ogr", ref: { kind: "branch", branch: "main" } }]);
  });

  it("takes out the reason with the end that it was for", () => {
    write("dev-pr-614", "config:\n  packit:ttl: never\n  packit:keep: for the demonstration\n");
    assert.deepEqual(planView(plan(["packit-service=614"], { ttl: "3h" })).settings, {
      "packit:ttl": "3h",
      "packit:keep": null,
    });
  });

  it("takes out images of other code", () => {
    const before = `config:\n  packit:pulls:\n    ogr: branch:main\n  packit:images:\n    worker:\n      source: ${WORKER}\n`;
    write("dev-mine", before);
    assert.deepEqual(plan(["ogr=branch:main"], { name: "mine" }).edits, [
      { path: ["pulls"], value: undefined },
      { path: ["pulls", "ogr"], value: "branch:main" },
    ]);
    const other = plan(["ogr=branch:next"], { name: "mine" });
    assert.deepEqual(other.edits.at(-1), { path: ["images", "worker", "source"], value: undefined });
    assert.equal(other.settings.images.worker.source, "quay.io/packit/packit-worker:stg");
  });

  it("builds the images that the code goes into and that run", () => {
    assert.deepEqual(imagesToBuild(plan(["packit-service=614"])), ["service", "worker"]);
    assert.deepEqual(imagesToBuild(plan(["packit-service=614"], { image: [`worker=${WORKER}`] })), [
      "service",
    ]);
    assert.deepEqual(imagesToBuild(plan(["deployment=321"])), []);
    assert.deepEqual(imagesToBuild(plan(["packit=456"])), ["service", "worker", "sandcastle"]);
  });

  it("is refused when nothing would run the code", () => {
    assert.throws(() => plan(["packit-service-fedmsg=1", "tokman=2"]), /has no fedmsg[^]*has no tokman/);
    assert.deepEqual(imagesToBuild(plan(["packit-service-fedmsg=1"], { only: "worker,fedmsg" })), ["fedmsg"]);
  });

  it("is refused with what is wrong in the settings of the base", () => {
    write("dev", "config:\n  packit:testInstances:\n    max: many\n");
    assert.throws(() => plan(["packit-service=614"]), /packit:testInstances\.max/);
  });

  it("leaves a file that may be removed with the instance, until somebody adds settings", () => {
    const { edits } = plan(["ogr=branch:main"], { ttl: "3h", name: "mine" });
    const text = edited(MADE_BY_DEPLOY, edits, "file");
    write("dev-mine", text);
    assert.ok(isOurs(paths, "dev-mine"));
    write("dev-mine", `${text}  packit:platform: openshift\n`);
    assert.ok(!isOurs(paths, "dev-mine"));
    write("dev-mine", text.replace(MADE_BY_DEPLOY, ""));
    assert.ok(!isOurs(paths, "dev-mine"));
    write("dev-mine", "encryptionsalt: v1:abc\n");
    assert.ok(isOurs(paths, "dev-mine"));
  });
});
