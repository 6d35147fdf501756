import assert from "node:assert/strict";

import { bytesOf, type Settings } from "../../../stacks/settings";
import { secretsSchema } from "../../../stacks/settings/schema/secrets";
import { findingsOf, load, tracked } from "./loading";

/** One stack of each size. */
const STACKS = ["dev", "stg", "prod", "dev-pr-614"].map((name) =>
  load(name, { values: name.includes("-pr-") ? {} : tracked(name), local: true }),
);

/** Seconds that the longest task of each kind of worker may take. */
const LONGEST_TASK = { all: 3600, shortRunning: 900, longRunning: 3600 } as const;

describe("defects of the old settings", () => {
  it("D01: shared memory is what the usage page needs and counts as memory", () => {
    for (const { database } of STACKS) {
      assert.ok(bytes(database.sharedMemory) >= 100e6);
      assert.ok(bytes(database.memory) - bytes(database.sharedMemory) >= bytes("384Mi"));
    }
  });

  for (const [flower, pushgateway, nginx] of [
    [true, true, true],
    [true, false, true],
    [false, true, true],
    [false, false, false],
  ] as const) {
    it(`D07, D08: nginx is ${nginx ? "" : "not "}there with flower ${flower}, pushgateway ${pushgateway}`, () => {
      const settings = load("dev", { values: { components: { flower, pushgateway } } });
      assert.equal(settings.components.nginx, nginx);
    });
  }

  it("D13: environments give each worker the time that its longest task takes", () => {
    for (const { stack, workers } of STACKS.filter((settings) => settings.stack.kind === "environment")) {
      for (const [kind, seconds] of Object.entries(LONGEST_TASK)) {
        const { graceSeconds } = workers[kind as keyof typeof LONGEST_TASK];
        assert.ok(graceSeconds > seconds, `${stack.name} ${kind}`);
      }
    }
  });

  it("D15: maxmemory follows from memory and volume, for every kind of store", () => {
    for (const kind of ["valkey", "redict", "redis"]) {
      for (const memory of ["64Mi", "256Mi", "4Gi"]) {
        const { keyValue } = load("dev", { values: { keyValue: { kind, memory, storage: "2Gi" } } });
        assert.ok(keyValue.maxmemory <= bytes(memory) * 0.75, "room for copies while a dump is written");
        assert.ok(keyValue.maxmemory * 2 < bytes("2Gi"), "room for a dump and its predecessor");
      }
    }
  });

  it("D15: production's store holds no less than it does today", () => {
    const prod = load("prod", { local: true });
    assert.ok(prod.keyValue.maxmemory >= bytes("3Gi"));
  });

  it("D16: stores have one size, promise and limit alike", () => {
    const { database, keyValue } = load("prod", { local: true });
    for (const store of [database, keyValue]) {
      assert.equal(typeof store.memory, "string");
      assert.equal(typeof store.cpu, "string");
      assert.ok(!("requests" in store) && !("limits" in store));
    }
  });

  it("D18: sizes depend on the environment, not on the name of its namespace", () => {
    const sizes = ({ api, database, keyValue, workers }: Settings) => ({ api, database, keyValue, workers });
    const renamed = load("prod", { values: { namespace: "packit--anew" }, local: true });
    assert.equal(renamed.namespace, "packit--anew");
    assert.deepEqual(sizes(renamed), sizes(load("prod", { local: true })));
    const impostor = load("dev", { values: { namespace: "packit-prod" } });
    assert.deepEqual(sizes(impostor), sizes(load("dev")));
  });

  it("D19: a new version of PostgreSQL stands beside the old one, with its sizes and its own image", () => {
    const { database } = load("prod", { values: { database: { beside: { version: 16 } } }, local: true });
    assert.equal(database.version, 15);
    assert.equal(database.beside?.version, 16);
    assert.equal(database.beside.storage, database.storage);
    assert.match(database.beside.image.source, /postgresql-16-/);
    assert.match(database.image.source, /postgresql-15-/);
  });

  it("D20: another key-value store stands beside the one that clients use", () => {
    const { keyValue } = load("dev", { values: { keyValue: { beside: { kind: "redict" } } } });
    assert.equal(keyValue.hostname, "valkey");
    assert.equal(keyValue.beside?.kind, "redict");
    assert.equal(keyValue.beside.memory, keyValue.memory);
  });

  it("D25: secrets are apart by purpose", () => {
    assert.deepEqual(Object.keys(secretsSchema.shape), [
      "tls",
      "keytab",
      "ssh",
      "forgeTokens",
      "githubApp",
      "service",
      "copr",
      "messaging",
      "centosmsg",
      "database",
      "keyValue",
      "redisCommander",
      "splunk",
      "flower",
      "aws",
      "sentry",
      "repository",
    ]);
  });

  it("D26: production's key-value store has a password", () => {
    const values = { cluster: { kubeconfig: "/etc/kubeconfig", context: "prod" } };
    assert.ok(findingsOf("prod", { values }).some(({ key }) => key === "packit:secrets.keyValue.password"));
  });

  it("D29: an environment's queue waits for its listener, and is not tied to one connection", () => {
    for (const { stack, messaging } of STACKS) {
      const autoDelete = stack.kind === "test-instance";
      assert.deepEqual(messaging.queue, { durable: true, autoDelete, exclusive: false });
    }
  });

  it("D31: every image has its registry and a tag that says more than latest", () => {
    for (const { images, database, keyValue } of STACKS) {
      for (const { source } of [...Object.values(images), database.image, keyValue.image]) {
        assert.match(source, /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\/.+:(?!latest$)[\w.-]+$/);
      }
    }
  });

  it("D31: production's images are held by an ImageStream or a digest, each of them", () => {
    const { images, database, keyValue } = load("prod", { values: tracked("prod"), local: true });
    // Workers start the sandbox's pods, with whatever its tag is at the time.
    const run = Object.values(images).filter((image) => image !== images.sandcastle);
    for (const image of [...run, database.image, keyValue.image]) {
      assert.ok(image.follow !== undefined || image.source.includes("@sha256:"), image.source);
      assert.notEqual(image.follow?.scheduled, true);
    }
  });

  it("D37: production's API and dashboard have a second pod", () => {
    const { api, dashboard } = load("prod", { local: true });
    assert.deepEqual([api.replicas, dashboard.replicas], [2, 2]);
  });

  it("D50: Flower has users by name, as many as wanted", () => {
    const users = { one: "p", two: "q:r" };
    assert.deepEqual(secretsSchema.parse({ flower: { users } }).flower?.users, users);
  });

  it("D63: no instance obeys another's commands", () => {
    const prefixes = STACKS.map(({ service }) => service.commentCommandPrefix);
    assert.deepEqual(prefixes, ["/packit-dev", "/packit-stg", "/packit", "/packit-dev-pr-614"]);
  });
});

function bytes(quantity: string): number {
  return bytesOf(quantity) ?? assert.fail(quantity);
}
