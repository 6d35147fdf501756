import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildFor, type InstanceToBuild } from "../../../../cli/instances/images/for-instance";
import type { BuiltImage } from "../../../../cli/instances/images/model";
import { type Registry, RegistryError } from "../../../../cli/registry/client";
import { loadSettings, parseStackName, requirePackit } from "../../../../stacks/settings";
import { IMAGE_BUILDER } from "../../../../stacks/settings/defaults/image-builder";
import type { Reference } from "../../../../stacks/settings/references";
import { program } from "../../../support/programs";
import { fakeCluster, ok } from "../../fake-cluster";

const JOBS = `/apis/batch/v1/namespaces/${IMAGE_BUILDER.namespace}/jobs`;
const BASE = `sha256:${"b".repeat(64)}`;
const PUSHED = `sha256:${"d".repeat(64)}`;

describe("building the images of an instance", () => {
  const git = program("git");
  let folder: string;
  let head: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    const ogr = join(folder, "packit/ogr");
    mkdirSync(ogr, { recursive: true });
    const run = (...args: string[]) =>
      execFileSync(git, ["-C", ogr, "-c", "user.name=t", "-c", "user.email=t@packit.dev", ...args], {
        encoding: "utf8",
      }).trim();
    run("init", "--quiet");
    run("commit", "--quiet", "--allow-empty", "--message", "work");
    head = run("rev-parse", "HEAD");
    run("update-ref", "refs/pull/123/head", head);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Knows what the base runs, and nothing that was built. */
  const registry: Pick<Registry, "lookUp"> = {
    lookUp: ({ registry: host, repository }) =>
      host === "quay.io" && repository === "packit/packit-worker"
        ? Promise.resolve({ digest: BASE, digests: [BASE], user: "1001" })
        : Promise.reject(new RegistryError(`there is no ${repository}`, true)),
  };

  const build = async (references: readonly Reference[], running: InstanceToBuild["running"]) => {
    const stack = requirePackit(parseStackName("dev-ogr-123"));
    const { hosts, testInstances } = loadSettings(
      stack,
      { values: {}, secretKeys: new Set() },
      { read: () => undefined },
    );
    const builder = { ...testInstances.builder, registry: "registry.example/test" };
    const pod = {
      metadata: { name: "pod-1" },
      status: {
        containerStatuses: [{ name: "push", state: { terminated: { exitCode: 0, message: PUSHED } } }],
      },
    };
    const { cluster, asked } = fakeCluster({
      [`GET ${JOBS}`]: ok({ items: [] }),
      [`GET /api/v1/namespaces/${IMAGE_BUILDER.namespace}/pods`]: ok({ items: [pod] }),
      [`GET /api/v1/namespaces/${IMAGE_BUILDER.namespace}`]: ok({}),
    });
    // Every Job has ended well by the time one looks at it.
    const ask: typeof cluster.ask = async (method, path, body) =>
      method === "GET" && path.startsWith(`${JOBS}/`)
        ? ok({ metadata: {}, status: { conditions: [{ type: "Complete", status: "True" }] } })
        : cluster.ask(method, path, body);
    const built = await buildFor(
      {
        ...{ references, base: "dev", running, local: false },
        runs: new Set<BuiltImage>(["worker"]),
        settings: { hosts, platform: "kubernetes", testInstances: { ...testInstances, builder } },
        cluster: { ...cluster, ask },
      },
      { onProgress: () => undefined, lookMs: 1 },
      { from: `file://${folder}`, registry },
    );
    return { built, made: JSON.stringify(asked.find(({ call }) => call === `POST ${JOBS}`)?.body) };
  };

  const reference: Reference = { repository: "ogr", ref: { kind: "pull", number: 123 } };

  it("puts the pull request's commit on the digest that the base runs now", async () => {
    const { built, made } = await build([reference], { worker: "quay.io/packit/packit-worker:stg" });
    assert.deepEqual(built, { worker: `registry.example/test/packit-worker@${PUSHED}` });
    assert.ok(made.includes(`FROM quay.io/packit/packit-worker@${BASE}`), made);
    assert.ok(made.includes(`git+file://${folder}/packit/ogr@${head}`), made);
    assert.ok(made.includes("USER 1001"), made);
  });

  it("makes nothing when a reference means nothing, or the base's image cannot be found", async () => {
    const gone: Reference = { repository: "ogr", ref: { kind: "pull", number: 7 } };
    await assert.rejects(build([gone], {}), /ogr=7: \S+ has no pull request 7/);
    await assert.rejects(build([reference], { worker: "quay.io/packit/other:stg" }), /no packit\/other/);
  });
});
