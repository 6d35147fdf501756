import assert from "node:assert/strict";

import { scaleBack, scaleToZero } from "../../../../cli/instances/sleep/scale";
import { FakeObjects } from "../fake-objects";

const SPACE = "packit-stg-pr-614";
const DEPLOYMENTS = `/apis/apps/v1/namespaces/${SPACE}/deployments`;
const SETS = `/apis/apps/v1/namespaces/${SPACE}/statefulsets`;
const CRONJOBS = `/apis/batch/v1/namespaces/${SPACE}/cronjobs`;

describe("a namespace that is put to sleep", () => {
  let cluster: FakeObjects;
  beforeEach(() => {
    cluster = new FakeObjects();
    const put = (collection: string, name: string, spec: Readonly<Record<string, unknown>>): void => {
      cluster.put(collection, { metadata: { name, annotations: { "example/own": "stays" } }, spec });
    };
    put(DEPLOYMENTS, "dashboard", { replicas: 2, paused: false });
    // The API server writes 1 where nothing is said; what is read may be older.
    put(DEPLOYMENTS, "service", {});
    put(DEPLOYMENTS, "flower", { replicas: 0 });
    put(SETS, "postgres", { replicas: 1 });
    put(CRONJOBS, "backup", { schedule: "0 * * * *" });
    put(CRONJOBS, "by-hand", { schedule: "0 * * * *", suspend: true });
  });

  const state = (): object => ({
    dashboard: cluster.get(DEPLOYMENTS, "dashboard")?.spec?.replicas,
    service: cluster.get(DEPLOYMENTS, "service")?.spec?.replicas,
    flower: cluster.get(DEPLOYMENTS, "flower")?.spec?.replicas,
    postgres: cluster.get(SETS, "postgres")?.spec?.replicas,
    backup: cluster.get(CRONJOBS, "backup")?.spec?.suspend,
    byHand: cluster.get(CRONJOBS, "by-hand")?.spec?.suspend,
  });
  const ASLEEP = { dashboard: 0, service: 0, flower: 0, postgres: 0, backup: true, byHand: true };
  const AWAKE = { dashboard: 2, service: 1, flower: 0, postgres: 1, backup: false, byHand: true };

  it("has no pod and nothing that makes any, and then is as it was", async () => {
    await scaleToZero(cluster, SPACE);
    assert.deepEqual(state(), ASLEEP);
    await scaleBack(cluster, SPACE);
    assert.deepEqual(state(), AWAKE);
    assert.deepEqual(cluster.get(DEPLOYMENTS, "dashboard"), {
      metadata: { name: "dashboard", annotations: { "example/own": "stays" } },
      spec: { replicas: 2, paused: false },
    });
  });

  it("remembers how it was when that is done twice, or was interrupted", async () => {
    cluster.refused.set(`PATCH ${SETS}/postgres`, 500);
    await assert.rejects(scaleToZero(cluster, SPACE), {
      message: `statefulsets/postgres of ${SPACE} cannot be scaled (HTTP 500)`,
    });
    cluster.refused.clear();
    await scaleToZero(cluster, SPACE);
    await scaleToZero(cluster, SPACE);
    assert.deepEqual(state(), ASLEEP);
    cluster.refused.set(`PATCH ${DEPLOYMENTS}/service`, 403);
    await assert.rejects(
      scaleBack(cluster, SPACE),
      /deployments\/service of .* cannot be scaled \(HTTP 403\)/,
    );
    cluster.refused.clear();
    await scaleBack(cluster, SPACE);
    assert.deepEqual(state(), AWAKE);
  });

  it("suspends before it ends, and starts databases before what asks them", async () => {
    const order = (): readonly string[] => [
      ...new Set(cluster.written.splice(0).map((write) => write.split("/").at(-2) ?? "")),
    ];
    await scaleToZero(cluster, SPACE);
    assert.deepEqual(order(), ["cronjobs", "deployments", "statefulsets"]);
    await scaleBack(cluster, SPACE);
    assert.deepEqual(order(), ["statefulsets", "deployments", "cronjobs"]);
  });

  it("is not touched when it is awake already, or cannot be looked at", async () => {
    await scaleBack(cluster, SPACE);
    assert.deepEqual(cluster.written, []);
    cluster.refused.set(`GET ${CRONJOBS}`, 403);
    await assert.rejects(scaleToZero(cluster, SPACE), {
      message: `the cronjobs of ${SPACE} cannot be looked at (HTTP 403)`,
    });
    assert.deepEqual(cluster.written, []);
  });
});
