import assert from "node:assert/strict";

import { inOrder, openConnections, ROUTER, type Connection } from "../support/connections";
import { deployed, type StackUnderTest } from "./deployed";

/** What differs between the stacks of Packit: the kinds of worker, and whether they listen to Fedora's messages. */
const PACKITS: readonly (readonly [name: StackUnderTest, workers: readonly string[], fedmsg: boolean])[] = [
  ["dev", ["packit-worker"], false],
  ["stg", ["packit-worker-long-running", "packit-worker-short-running"], true],
  ["prod", ["packit-worker-long-running", "packit-worker-short-running"], true],
  ["dev-pr-614", ["packit-worker"], false],
];

/** Stacks that have every component. */
const COMPLETE: typeof PACKITS = [
  ["dev, complete", ["packit-worker"], false],
  ["prod, complete", ["packit-worker-long-running", "packit-worker-short-running"], true],
];

/** The other services, and whether they listen to Fedora's messages. */
const OTHERS: readonly (readonly [name: StackUnderTest, fedmsg: boolean])[] = [
  ["stream-stg", false],
  ["stream-prod", false],
  ["source-git-stg", true],
  ["source-git-prod", true],
];

/** Fedora CI: as Packit, without a dashboard. Environments back the database up, test instances run Packit's tests. */
const FEDORA_CIS: readonly (readonly [name: StackUnderTest, job: string])[] = [
  ["fedora-ci-stg", "database-backup"],
  ["fedora-ci-prod", "database-backup"],
  ["fedora-ci-stg-pr-12", "revdep"],
];

/** Who has to connect to whom, and nobody else may (D26, D64). */
function neededByOthers(fedmsg: boolean): Connection[] {
  const tasks = ["packit-service", "packit-worker"];
  return [
    ...from([ROUTER], "packit-service", 8443),
    ...from([...tasks, "database-backup"], "postgres-13", 5432),
    ...from([...tasks, ...(fedmsg ? ["packit-service-fedmsg"] : [])], "redict", 6379),
  ];
}

/** The same for Packit, which has more. */
function needed(workers: readonly string[], fedmsg: boolean): Connection[] {
  // What has no second kind of worker is for development, and has nothing that must not be lost.
  const backup = workers.length > 1;
  const tasks = ["packit-service", ...workers, "packit-service-beat"];
  return [
    ...from([ROUTER], "packit-service", 8443),
    ...from([ROUTER], "packit-dashboard", 8443),
    ...from([ROUTER], "nginx", 8443),
    ...from([...tasks, ...(backup ? ["database-backup"] : [])], "postgres-15", 5432),
    ...from([...tasks, ...(fedmsg ? ["packit-service-fedmsg"] : []), "flower"], "valkey", 6379),
    ...from([...workers, "nginx"], "pushgateway", 9091),
    ...from(["nginx"], "flower", 5555),
  ];
}

/** What a complete stack has on top. */
function neededByComplete(workers: readonly string[]): Connection[] {
  return [
    ...from(["packit-service-centosmsg", "redis-commander"], "valkey", 6379),
    ...from(["packit-service", ...workers], "tokman", 8000),
    ...from([ROUTER], "redis-commander", 8081),
  ];
}

function from(clients: readonly string[], to: string, port: number): Connection[] {
  return clients.map((client) => ({ from: client, to, port }));
}

describe("the NetworkPolicies", () => {
  for (const [name, workers, fedmsg] of PACKITS) {
    it(`D26, D64: open in ${name} the connections that are needed, and no other`, async () => {
      const { objects } = await deployed(name);
      assert.deepEqual(openConnections(objects), inOrder(needed(workers, fedmsg)));
    });
  }

  for (const [name, workers, fedmsg] of COMPLETE) {
    it(`D26, D64: open in ${name} the connections that are needed, and no other`, async () => {
      const { objects } = await deployed(name);
      const expected = [...needed(workers, fedmsg), ...neededByComplete(workers)];
      assert.deepEqual(openConnections(objects), inOrder(expected));
    });
  }

  for (const [name, job] of FEDORA_CIS) {
    it(`D26, D64: open in ${name} the connections that are needed, and no other`, async () => {
      const { objects } = await deployed(name);
      const workers = ["packit-worker-long-running", "packit-worker-short-running"];
      const expected = needed(workers, true).filter(
        ({ from: client, to }) => to !== "packit-dashboard" && client !== "database-backup",
      );
      expected.push(...from([job], "postgres-15", 5432));
      if (job === "revdep") expected.push(...from([job], "valkey", 6379));
      assert.deepEqual(openConnections(objects), inOrder(expected));
    });
  }

  for (const [name, fedmsg] of OTHERS) {
    it(`D26, D64: open in ${name} the connections that are needed, and no other`, async () => {
      const { objects } = await deployed(name);
      assert.deepEqual(openConnections(objects), inOrder(neededByOthers(fedmsg)));
    });
  }
});
