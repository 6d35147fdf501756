import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { checkSettingsFiles, parseStackName } from "../../../stacks/settings";
import { findingsIn, load, ROOT, tracked } from "./loading";

describe("settings of an environment", () => {
  it("are those of the tracked files, for every environment of Packit", () => {
    const cluster = { kubeconfig: "~/.kube/config", context: "packit" };
    for (const [name, platform] of [
      ["dev", "kubernetes"],
      ["stg", "mpp"],
      ["prod", "mpp"],
      ["stream-stg", "openshift"],
      ["stream-prod", "openshift"],
      ["source-git-stg", "openshift"],
      ["source-git-prod", "openshift"],
    ] as const) {
      assert.equal(load(name, { values: { ...tracked(name), cluster } }).platform, platform);
    }
  });

  it("give production what it had", () => {
    const settings = load("prod", { values: tracked("prod"), local: true });
    assert.equal(settings.namespace, "packit--prod");
    assert.equal(settings.sandboxNamespace, "packit--prod-sandbox");
    assert.equal(settings.hosts.api, "prod.packit.dev");
    assert.deepEqual(replicas(settings.workers), { all: 0, shortRunning: 2, longRunning: 2 });
    assert.equal(settings.api.limits.memory, "4Gi");
    assert.equal(settings.database.version, 15);
    assert.equal(settings.database.storage, "8Gi");
    assert.equal(settings.database.memory, "4Gi");
    assert.equal(settings.keyValue.hostname, "valkey");
    assert.equal(settings.pushgatewayAddress, "http://pushgateway");
    assert.equal(settings.messaging.routingKeys.length, 15);
    assert.deepEqual(settings.celery, {
      app: "packit_service.worker.tasks",
      retryLimit: 2,
      retryBackoff: 3,
    });
    assert.equal(settings.service.commentCommandPrefix, "/packit");
    assert.equal(settings.service.fasUser, "packit");
    assert.equal(settings.service.projectsToSync?.length, 3);
    assert.equal(settings.durable, true);
    assert.equal(settings.generatesSecrets, false);
  });

  it("give staging what it had", () => {
    const settings = load("stg", { values: tracked("stg"), local: true });
    assert.equal(settings.namespace, "packit--stg");
    assert.deepEqual(replicas(settings.workers), { all: 0, shortRunning: 1, longRunning: 1 });
    assert.equal(settings.api.limits.memory, "512Mi");
    assert.equal(settings.database.storage, "2Gi");
    assert.equal(settings.images.worker.source, "quay.io/packit/packit-worker:stg");
    assert.equal(settings.durable, true);
  });

  it("give development what it had", () => {
    const settings = load("dev", { values: {}, files: {} });
    assert.deepEqual(settings.components, {
      dashboard: false,
      beat: false,
      fedmsg: false,
      flower: true,
      pushgateway: false,
      sandbox: true,
      centosmsg: false,
      tokman: false,
      redisCommander: false,
      fluentdSidecar: false,
      nginx: true,
    });
    assert.deepEqual(replicas(settings.workers), { all: 1, shortRunning: 0, longRunning: 0 });
    assert.equal(settings.distgit.url, "https://src.stg.fedoraproject.org/");
    assert.equal(settings.pushgatewayAddress, "");
    assert.equal(settings.generatesSecrets, true);
  });

  it("are frozen, all the way down", () => {
    const settings = load("dev");
    assert.ok(Object.isFrozen(settings));
    assert.ok(Object.isFrozen(settings.workers.all.limits));
    assert.ok(Object.isFrozen(settings.messaging.routingKeys));
  });

  it("leave the defaults as they are for the next stack", () => {
    load("dev", { values: { workers: { all: { limits: { memory: "8Gi" } } } } });
    assert.equal(load("dev").workers.all.limits.memory, "1024Mi");
  });

  it("D39: import Packit's images every hour in staging, on Tuesdays in production, and others by hand", () => {
    const follows = (name: string) => {
      const { images, imageSchedule, database } = load(name, { local: true });
      return [imageSchedule, images.service.follow, images.nginx.follow, database.image.follow];
    };
    const byHand = (tag: string) => ({ tag, scheduled: false, onSchedule: false });
    assert.deepEqual(follows("stg"), [
      "0 * * * *",
      { tag: "stg", scheduled: false, onSchedule: true },
      byHand("stg"),
      byHand("stg"),
    ]);
    assert.deepEqual(follows("prod"), [
      "0 2 * * 2",
      { tag: "prod", scheduled: false, onSchedule: true },
      byHand("prod"),
      byHand("prod"),
    ]);
    assert.deepEqual(follows("dev").slice(1), [undefined, undefined, undefined]);
  });

  it("run an image with a digest as it stands", () => {
    const source = `quay.io/packit/packit-service@sha256:${"0".repeat(64)}`;
    const settings = load("prod", { values: { images: { service: { source } } }, local: true });
    assert.deepEqual(settings.images.service, { source });
  });

  it("go to the local control plane only when told to, and then by its own default class", () => {
    const cluster = { kubeconfig: "~/.kube/config", context: "packit-prod" };
    const values = { cluster, storageClass: "aws-ebs" };
    const remote = load("prod", { values });
    assert.deepEqual(remote.cluster, cluster);
    assert.equal(remote.storageClass, "aws-ebs");
    const local = load("prod", { values, local: true });
    assert.equal(local.cluster, undefined);
    assert.equal(local.storageClass, undefined);
  });

  it("push metrics to a gateway outside the stack when they say so", () => {
    const values = {
      components: { pushgateway: false },
      pushgatewayAddress: "http://gateway.monitoring.svc",
    };
    assert.equal(load("dev", { values }).pushgatewayAddress, "http://gateway.monitoring.svc");
  });

  it("have no sandbox namespace without a sandbox", () => {
    assert.equal(load("dev", { values: { components: { sandbox: false } } }).sandboxNamespace, undefined);
  });

  it("use a key-value store outside the stack when they name one", () => {
    const { keyValue } = load("dev", { values: { keyValue: { host: "valkey.example.org" } } });
    assert.equal(keyValue.hostname, "valkey.example.org");
    assert.equal(keyValue.external, true);
  });
});

describe("settings files before the engine runs", () => {
  const check = (name: string, local: boolean) => checkSettingsFiles(parseStackName(name), ROOT, local);

  it("send dev and test instances to this machine, and others when told to", () => {
    assert.equal(check("dev", false).local, true);
    assert.equal(check("dev-pr-614", false).local, true);
    assert.equal(check("prod", true).local, true);
  });

  it("name the cluster that a stack goes to, unless it is this machine", () => {
    const root = mkdtempSync(join(tmpdir(), "packit-settings-"));
    try {
      cpSync(join(ROOT, "Pulumi.dev.yaml"), join(root, "Pulumi.dev.yaml"));
      const cluster = { kubeconfig: "~/.kube/config", context: "tests" };
      writeFileSync(
        join(root, "Pulumi.dev-pr-614.yaml"),
        JSON.stringify({ config: { "packit:cluster": cluster } }),
      );
      const there = checkSettingsFiles(parseStackName("dev-pr-614"), root, false);
      assert.deepEqual([there.local, there.cluster], [false, cluster]);
      assert.equal(checkSettingsFiles(parseStackName("dev-pr-615"), root, false).cluster, undefined);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("say where a stack is, with the addresses of what it has", () => {
    const { namespace, addresses } = check("stream-prod", true);
    assert.equal(namespace, "stream-prod");
    assert.deepEqual(addresses, { api: "https://prod.stream.packit.dev/api" });
    assert.deepEqual(Object.keys(check("prod", true).addresses), ["api", "dashboard", "workers"]);
  });

  it("keep production off this machine otherwise", () => {
    assert.deepEqual(
      findingsIn(() => check("prod", false)).map((finding) => finding.key),
      ["packit:cluster"],
    );
  });

  it("take stacks of Packit alone", () => {
    const [finding] = findingsIn(() => check("copr-dev", false));
    assert.match(finding?.problem ?? "", /is a Copr.s/);
  });
});

function replicas(workers: Readonly<Record<string, { readonly replicas: number }>>) {
  return Object.fromEntries(Object.entries(workers).map(([kind, worker]) => [kind, worker.replicas]));
}
