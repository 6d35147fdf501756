import assert from "node:assert/strict";

import { inNamespace } from "../../../../../cli/instances/images/prune/prune";
import { type Answers, fakeCluster, ok } from "../../../fake-cluster";

const NAMESPACE = "packit-test-builds";
const BUILDS = `/apis/build.openshift.io/v1/namespaces/${NAMESPACE}`;
const STREAMS = `/apis/image.openshift.io/v1/namespaces/${NAMESPACE}`;
const NOW = Date.UTC(2026, 10, 22);
const [OLD, YOUNG, RUNNING] = ["0000000000000000000a", "0000000000000000000b", "0000000000000000000c"];
const RUNS = `sha256:${"c".repeat(64)}`;
const days = (count: number): string => new Date(NOW - count * 86_400_000).toISOString();

const config = (name: string, age: number, labels: object = { "packit.dev/build": name }) => ({
  metadata: { name, labels, creationTimestamp: days(age) },
});
const build = (of: string, age: number, phase?: string) => ({
  metadata: { name: `${of}-1`, labels: { buildconfig: of }, creationTimestamp: days(age) },
  ...(phase !== undefined && { status: { phase } }),
});
const tag = (name: string, age: number, image: string) => ({
  tag: name,
  items: [{ created: days(age), image }],
});

async function leftovers(answers: Answers, inUse: ReadonlySet<string> | undefined = new Set([RUNS])) {
  const { cluster, asked } = fakeCluster(answers);
  const found = await inNamespace(cluster, { namespace: NAMESPACE, keep: "14d" }, { inUse, now: NOW });
  const before = asked.length;
  for (const { remove } of found) await remove();
  return {
    what: found.map(({ what }) => what),
    removed: asked.slice(before).map(({ call }) => call),
    found,
  };
}

const STREAM: Answers = {
  [`GET ${STREAMS}/imagestreams`]: ok({
    items: [
      {
        metadata: { name: "packit-worker", creationTimestamp: days(90) },
        status: {
          tags: [
            tag(OLD, 20, "sha256:a"),
            tag(YOUNG, 2, "sha256:b"),
            tag(RUNNING, 30, RUNS),
            { tag: "0000000000000000000d", items: null },
          ],
        },
      },
      {
        metadata: { name: "somebodys", creationTimestamp: days(90) },
        status: { tags: [tag(OLD, 20, "sha256:a")] },
      },
      { metadata: { name: "packit-service", creationTimestamp: days(90) } },
    ],
  }),
};

const CONFIGS: Answers = {
  [`GET ${BUILDS}/buildconfigs`]: ok({
    items: [
      config("failed", 3),
      config("fresh", 0.5),
      config("again", 3),
      config("busy", 3),
      config("pruned", 3),
      config("somebodys", 3, {}),
    ],
  }),
  [`GET ${BUILDS}/builds`]: ok({
    items: [build("failed", 3, "Failed"), build("again", 0.1, "Failed"), build("busy", 2, "Running")],
  }),
};

describe("what is left of builds on OpenShift", () => {
  it("is old tags that nothing runs, and failed builds of long ago", async () => {
    const { what, removed } = await leftovers({ ...STREAM, ...CONFIGS });
    assert.deepEqual(what, [
      `failed build failed of ${NAMESPACE}`,
      `failed build pruned of ${NAMESPACE}`,
      `image packit-worker:${OLD} of ${NAMESPACE}`,
    ]);
    assert.deepEqual(removed, [
      `DELETE ${BUILDS}/buildconfigs/failed`,
      `DELETE ${BUILDS}/buildconfigs/pruned`,
      `DELETE ${STREAMS}/imagestreamtags/packit-worker:${OLD}`,
    ]);
  });

  it("stays while nobody can say what instances run", async () => {
    const { cluster } = fakeCluster({ ...STREAM, ...CONFIGS });
    const settings = { namespace: NAMESPACE, keep: "14d" };
    assert.deepEqual(await inNamespace(cluster, settings, { inUse: undefined, now: NOW }), []);
  });

  it("is nothing where one may not look, or there is no such thing", async () => {
    for (const status of [403, 404]) {
      const refused = { status, body: {} };
      const { what } = await leftovers({
        [`GET ${STREAMS}/imagestreams`]: refused,
        [`GET ${BUILDS}/buildconfigs`]: refused,
      });
      assert.deepEqual(what, []);
    }
  });

  it("is told when it may not be removed", async () => {
    const refused = { status: 403, body: { message: "imagestreamtags is forbidden" } };
    await assert.rejects(
      leftovers({
        ...STREAM,
        [`DELETE ${STREAMS}/imagestreamtags/packit-worker:${OLD}`]: refused,
      }),
      /^Error: imagestreamtags is forbidden$/,
    );
  });
});
