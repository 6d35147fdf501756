import assert from "node:assert/strict";

import fc from "fast-check";

import { bytesOf, referenceText, type Settings, stackNameFor, TEST_BASES } from "../../../stacks/settings";
import { pulls } from "./arbitraries";
import { findingAbout, load } from "./loading";

const BASE = `config:
  packit:platform: openshift
  packit:cluster:
    kubeconfig: /etc/kubeconfig
    context: shared
  packit:storageClass: aws-ebs
  packit:namespace: packit-elsewhere
  packit:hosts:
    api: api.example.org
  packit:labels:
    memory: kept
  packit:owner: someone
  packit:components:
    flower: false
  packit:workers:
    all:
      replicas: 0
    shortRunning:
      replicas: "7"
      requests:
        memory: 8Gi
      limits:
        memory: 8Gi
    longRunning:
      replicas: 1
  packit:api:
    replicas: 4
  packit:images:
    service:
      source: quay.io/packit/packit-service:special
      follow: always
  packit:database:
    version: 16
    storage: 100Gi
    beside:
      version: 15
  packit:keyValue:
    kind: redict
    memory: 16Gi
    host: valkey.example.org
  packit:service:
    admins: [octocat]
    fasUser: packit-stg
    commentCommandPrefix: /packit-stg
    fedoraCiRunByDefault: true
    projectsToSync:
      - { forge: "https://github.com", repoNamespace: a, repoName: b, branch: c, dgRepoName: d, dgBranch: e }
  packit:messaging:
    app: Packit stg
    exchange: special.topic
  packit:secrets:
    database:
      password: hunter2
`;

/** A test instance whose base has the settings above. */
const onBase = (values = {}) => load("stg-pr-614", { values, files: { stg: BASE } });

describe("settings of a test instance", () => {
  it("are its base's", () => {
    const settings = onBase();
    assert.equal(settings.platform, "openshift");
    assert.deepEqual(settings.cluster, { kubeconfig: "/etc/kubeconfig", context: "shared" });
    assert.equal(settings.storageClass, "aws-ebs");
    assert.equal(settings.components.flower, false);
    assert.equal(settings.database.version, 16);
    assert.equal(settings.keyValue.kind, "redict");
    assert.equal(settings.images.service.source, "quay.io/packit/packit-service:special");
    assert.deepEqual(settings.service.admins, ["octocat"]);
    assert.equal(settings.messaging.exchange, "special.topic");
    assert.deepEqual(settings.labels, { memory: "kept" });
  });

  it("are small: one pod each, and no size of the base's", () => {
    const settings = onBase();
    assert.equal(settings.api.replicas, 1);
    assert.equal(settings.workers.all.replicas, 0);
    assert.equal(settings.workers.shortRunning.replicas, 1);
    assert.equal(settings.workers.longRunning.replicas, 1);
    assert.equal(settings.workers.shortRunning.limits.memory, "768Mi");
    assert.equal(settings.database.storage, "2Gi");
    assert.equal(settings.keyValue.memory, "256Mi");
  });

  it("keep the name's own namespace and hosts", () => {
    const settings = onBase();
    assert.equal(settings.namespace, "packit-stg-pr-614");
    assert.equal(settings.hosts.api, "pr-614.stg.packit.dev");
    assert.equal(settings.owner, undefined);
  });

  it("keep an identity of their own, and what reaches out to others off", () => {
    const { service, messaging, keyValue, database } = onBase();
    assert.equal(service.fasUser, "packit-dev");
    assert.equal(service.commentCommandPrefix, "/packit-stg-pr-614");
    assert.equal(service.fedoraCiRunByDefault, false);
    assert.deepEqual(service.projectsToSync, []);
    assert.equal(messaging.app, "Packit stg-pr-614");
    assert.equal(messaging.queue.autoDelete, true);
    assert.equal(keyValue.external, false);
    assert.equal(database.beside, undefined);
  });

  it("never hold a secret of its base", () => {
    assert.doesNotMatch(JSON.stringify(onBase()), /hunter2/);
  });

  it("yield to the instance's own", () => {
    const settings = onBase({
      workers: { shortRunning: { replicas: 3 } },
      images: { service: { source: "quay.io/packit/packit-service:pr-614" } },
      database: { storage: "5Gi" },
      ttl: "2h",
    });
    assert.equal(settings.workers.shortRunning.replicas, 3);
    assert.equal(settings.images.service.source, "quay.io/packit/packit-service:pr-614");
    assert.equal(settings.database.storage, "5Gi");
    assert.equal(settings.ttl, "2h");
  });

  it("run code under test where dev runs, and not on production's cluster", () => {
    const dev = "config:\n  packit:platform: kubernetes\n  packit:priorityClass: low\n";
    const settings = load("prod-pr-1", { files: { prod: BASE, dev } });
    assert.equal(settings.platform, "kubernetes");
    assert.equal(settings.priorityClass, "low");
    assert.equal(settings.cluster, undefined);
    assert.equal(settings.storageClass, undefined);
    assert.equal(settings.database.version, 16);
    assert.deepEqual(settings.images.service, { source: "quay.io/packit/packit-service:special" });
  });

  it("act on nobody's messages unless told to", () => {
    const stg = "config:\n  packit:components:\n    fedmsg: true\n";
    for (const base of ["dev", "stg", "prod"]) {
      assert.equal(load(`${base}-pr-1`, { files: { [base]: stg } }).components.fedmsg, false);
    }
    assert.equal(load("stg-pr-1", { values: { components: { fedmsg: true } } }).components.fedmsg, true);
    assert.equal(load("fedora-ci-stg-pr-1").components.fedmsg, true);
  });

  it("say that the base's kubeconfig is encrypted, rather than missing", () => {
    const stg = "config:\n  packit:cluster:\n    context: c\n    kubeconfig:\n      secure: AAAB\n";
    const about = findingAbout("packit:cluster.kubeconfig", "stg-pr-1", { files: { stg } });
    assert.match(about.problem, /is encrypted in Pulumi\.stg\.yaml/);
    assert.equal(about.fix, "pulumi config set -s stg-pr-1 --secret --path packit:cluster.kubeconfig");
  });

  it("need no file at all", () => {
    for (const base of TEST_BASES) {
      const settings = load(`${base}-pr-614`, { files: {} });
      assert.deepEqual(settings.references.map(referenceText), [
        base === "fedora-ci-stg" ? "fedora-ci=614" : "packit-service=614",
      ]);
      assert.equal(settings.ttl, "48h");
      assert.equal(settings.generatesSecrets, true);
      assert.equal(settings.durable, false);
    }
  });

  it("take what they run from packit:pulls when the name does not list it", () => {
    const values = { pulls: { ogr: "123", packit: "octocat:mend", "packit-service": 800 } };
    assert.deepEqual(load("dev-mine", { values }).references.map(referenceText), [
      "packit-service=800",
      "packit=octocat:mend",
      "ogr=123",
    ]);
  });

  it("are never bigger than their base's, for any pull requests", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TEST_BASES), pulls, (base, some) => {
        const numbers = Object.fromEntries(some.map((pull) => [pull.repository, pull.number]));
        const instance = load(stackNameFor(base, some), { values: { pulls: numbers } });
        const environment = load(base, { local: true });
        assert.ok(memoryOf(instance) <= memoryOf(environment));
      }),
      { numRuns: 30 },
    );
  });
});

/** Bytes of memory that all pods of a stack may use. */
function memoryOf({ api, workers, beat, dashboard, nginx, database, keyValue }: Settings): number {
  const pods = [...Object.values(workers), api, dashboard, nginx, { replicas: 1, ...beat }];
  const services = pods.map((pod) => pod.replicas * (bytesOf(pod.limits.memory) ?? 0));
  const stores = [database, keyValue].map((store) => bytesOf(store.memory) ?? 0);
  return [...services, ...stores].reduce((sum, bytes) => sum + bytes, 0);
}
