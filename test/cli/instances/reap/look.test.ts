import assert from "node:assert/strict";

import { machineClock } from "../../../../cli/instances/leases/clock";
import { openControl } from "../../../../cli/instances/leases/control";
import type { PullState } from "../../../../cli/instances/reap/candidate";
import { lookAt, type Sight } from "../../../../cli/instances/reap/look";
import type { InstanceRecord } from "../../../../cli/instances/record";
import { FakeObjects } from "../fake-objects";
import { recordOf } from "../leases/records";

const NOW = Date.UTC(2026, 10, 22, 12);
const NAMESPACES = "/api/v1/namespaces";
const LEASES = "/apis/coordination.k8s.io/v1/namespaces/packit-test-instances/leases";
/** No time passes on this machine. */
const STILL = { ...machineClock, steady: () => 0 };
const TIME = "2026-11-22T09:00:00.000Z";

describe("a look at a cluster's test instances", () => {
  let cluster: FakeObjects;
  let asked: string[];
  beforeEach(() => {
    cluster = new FakeObjects(NOW);
    asked = [];
  });

  const look = (states: Readonly<Record<string, PullState>> = {}): Promise<Sight> =>
    lookAt(cluster, openControl(cluster, { clock: STILL }), (repository, number) => {
      const pull = `${repository}#${number}`;
      asked.push(pull);
      const state = states[pull];
      return state === undefined ? Promise.reject(new Error("rate limit")) : Promise.resolve(state);
    });

  function namespace(
    name: string,
    stack: string,
    annotations: Record<string, string> = {},
    more: Record<string, string> = {},
  ): void {
    const labels = {
      ...more,
      "app.kubernetes.io/part-of": "packit",
      "app.kubernetes.io/managed-by": "pulumi",
      "app.kubernetes.io/instance": stack,
    };
    cluster.put(NAMESPACES, { metadata: { name, labels, annotations, creationTimestamp: TIME } });
  }

  function lease(name: string, references: InstanceRecord["references"]): InstanceRecord {
    const record = recordOf(name, { base: "stg", references, state: "live" });
    const labels = { "packit.dev/lease": "instance", "app.kubernetes.io/instance": name };
    const annotations = { "packit.dev/record": JSON.stringify(record) };
    cluster.put(LEASES, { metadata: { name: `instance-${name}`, labels, annotations } });
    return record;
  }

  it("sees leases and namespaces together, by the cluster's clock", async () => {
    const record = lease("stg-pr-614", { "packit-service": "614" });
    namespace("packit-stg-pr-614", "stg-pr-614", { "packit.dev/ttl": "48h" });
    namespace("packit-dev-demo", "dev-demo", { "packit.dev/keep": "a talk" });
    const createdAt = Date.parse(TIME);
    assert.deepEqual(await look({ "packit-service#614": "merged" }), {
      now: NOW,
      instances: [
        {
          name: "dev-demo",
          admitted: false,
          namespaces: [{ name: "packit-dev-demo", createdAt, keep: "a talk" }],
          pulls: [],
        },
        {
          name: "stg-pr-614",
          record,
          admitted: false,
          namespaces: [{ name: "packit-stg-pr-614", createdAt, ttl: "48h" }],
          pulls: ["merged"],
        },
      ],
    });
  });

  it("sees what somebody wants to keep by an annotation or a label", async () => {
    namespace("packit-dev-demo", "dev-demo", { "packit.dev/keep": "a talk" });
    namespace("packit-dev-fair", "dev-fair", {}, { "packit.dev/keep": "" });
    const { instances } = await look();
    assert.deepEqual(
      instances.map(({ namespaces }) => namespaces.map(({ keep }) => keep)),
      [["a talk"], [""]],
    );
  });

  it("sees nothing in what only looks alike", async () => {
    namespace("notes-of-stg-pr-614", "stg-pr-614");
    namespace("packit-stg", "stg");
    cluster.put(NAMESPACES, { metadata: { name: "packit-stg-pr-615", creationTimestamp: TIME } });
    assert.deepEqual((await look()).instances, []);
  });

  it("asks for each pull request once, by the name where nothing else is known", async () => {
    lease("stg-packit-service-800-ogr-12", { "packit-service": "800", ogr: "12" });
    lease("stg-demo", { "packit-service": "800", dashboard: "branch:main" });
    namespace("packit-stg-ogr-12", "stg-ogr-12");
    const { instances } = await look({ "packit-service#800": "closed", "ogr#12": "open" });
    assert.deepEqual(Object.fromEntries(instances.map(({ name, pulls }) => [name, pulls])), {
      // A branch has no end.
      "stg-demo": ["closed", "open"],
      "stg-ogr-12": ["open"],
      "stg-packit-service-800-ogr-12": ["closed", "open"],
    });
    assert.deepEqual(asked.sort(), ["ogr#12", "packit-service#800"]);
  });

  it("takes a pull request for unknown when nobody answers", async () => {
    lease("stg-pr-614", { "packit-service": "614" });
    assert.deepEqual((await look()).instances[0]?.pulls, ["unknown"]);
  });

  it("is none when the cluster does not say what there is", async () => {
    cluster.refused.set(`GET ${NAMESPACES}`, 403);
    await assert.rejects(
      look(),
      /the namespaces of https:\/\/cluster\.example cannot be listed \(HTTP 403\)/,
    );
  });
});
