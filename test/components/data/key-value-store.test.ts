import assert from "node:assert/strict";

import { maxMemory, sizeFindings } from "../../../components/data/key-value-memory";
import { keyValuePassword } from "../../../components/data/key-value-password";
import { KeyValueStore, type KeyValueKind } from "../../../components/data/key-value-store";
import { runMocked } from "../../support/mocks";
import { Pod } from "../../support/pods";
import { deployStore, guaranteed, site } from "./fixtures";

const FOLDERS: Record<KeyValueKind, string> = {
  valkey: "/data",
  redict: "/data",
  redis: "/var/lib/redis/data",
};

describe("KeyValueStore", () => {
  for (const [kind, folder] of Object.entries(FOLDERS) as [KeyValueKind, string][]) {
    it(`D15: ${kind} is started with the configuration, for its own memory and folder`, async () => {
      const stack = await deployStore({ kind, resources: guaranteed("256Mi"), storage: "1Gi" });
      const pod = new Pod(stack, kind);
      assert.deepEqual(pod.container.command, [`${kind}-server`, "/etc/redislike/redis.conf"]);
      const conf = stack.object("ConfigMap", `${kind}-config`).data["redis.conf"];
      assert.match(conf, /^maxmemory 201326592$/m);
      assert.match(conf, /^maxmemory-policy "volatile-lru"$/m);
      assert.match(conf, new RegExp(`^dir "${folder}"$`, "m"));
      assert.equal(pod.volumeAt(folder)?.persistentVolumeClaim.claimName, `${kind}-pvc`);
    });

    it(`D09: ${kind} has probes for readiness and liveness`, async () => {
      const { container } = new Pod(await deployStore({ kind }), kind);
      assert.deepEqual(container.readinessProbe.exec.command, [`${kind}-cli`, "-e", "ping"]);
      assert.equal(container.livenessProbe.tcpSocket.port, 6379);
    });
  }

  it("D15: refuses a volume that cannot hold two dumps", async () => {
    await assert.rejects(
      deployStore({ storage: "4Gi", resources: guaranteed("4Gi") }),
      /valkey: a volume of 4Gi cannot hold two dumps .* at least 6144Mi/,
    );
  });

  it("D15: takes less data where the volume is small, and refuses more than memory allows", () => {
    const sizes = { storage: "4Gi", resources: guaranteed("4Gi") };
    assert.deepEqual(sizeFindings("valkey", { ...sizes, maxMemory: 2 ** 30 }), []);
    const [finding] = sizeFindings("valkey", { ...sizes, storage: "8Gi", maxMemory: 3.5 * 2 ** 30 });
    assert.match(finding ?? "", /3584Mi of data leave too little of 4Gi of memory .* at most 3072Mi/);
  });

  it("D15: leaves a quarter of the memory to the fork that writes a dump", () => {
    assert.equal(maxMemory({ resources: guaranteed("4Gi") }), 3 * 2 ** 30);
  });

  it("D16: refuses requests that differ from limits, and says all that is wrong at once", () => {
    const resources = {
      requests: { cpu: "10m", memory: "3Gi" },
      limits: { cpu: "50m", memory: "4Gi" },
    };
    const findings = sizeFindings("valkey", { storage: "1Gi", resources });
    assert.equal(findings.length, 3);
    assert.match(findings[0] ?? "", /requests 10m of cpu but is limited to 50m/);
    assert.match(findings[1] ?? "", /requests 3Gi of memory but is limited to 4Gi/);
    assert.match(findings[2] ?? "", /storage/);
    assert.deepEqual(sizeFindings("valkey", { storage: "2Gi", resources: guaranteed("1024Mi") }), []);
  });

  it("D16: takes equal amounts in whatever notation", () => {
    const resources = { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1000m", memory: "1024Mi" } };
    assert.deepEqual(sizeFindings("valkey", { storage: "2Gi", resources }), []);
  });

  it("D26: demands a password, that stands in a Secret alone", async () => {
    const stack = await deployStore();
    assert.match(
      stack.object("ConfigMap", "valkey-config").data["redis.conf"],
      /^include "\/etc\/redislike-password\/password.conf"$/m,
    );
    const secret = stack.object("Secret", "key-value-secret").data;
    assert.equal(Buffer.from(secret.password, "base64").toString(), "s3cret");
    assert.equal(
      Buffer.from(secret["password.conf"], "base64").toString(),
      'requirepass "s3cret"\nmasterauth "s3cret"\n',
    );
    const rest = stack.resources.filter((resource) => !resource.type.endsWith(":Secret"));
    assert.ok(!JSON.stringify(rest).includes("s3cret"));
    assert.deepEqual(new Pod(stack, "valkey").environment, {
      REDISCLI_AUTH: "key-value-secret/password",
      VALKEYCLI_AUTH: "key-value-secret/password",
    });
  });

  it("D26: admits its clients alone", async () => {
    const { ingress } = (await deployStore()).object("NetworkPolicy", "valkey").spec;
    assert.equal(ingress.length, 1);
    assert.deepEqual(ingress[0].ports, [{ protocol: "TCP", port: 6379 }]);
    assert.deepEqual(ingress[0].from[0].podSelector.matchExpressions[0].values, [
      "packit-service",
      "packit-worker",
    ]);
  });

  it("D64: writes to its volume only", async () => {
    const { container, writablePaths } = new Pod(await deployStore(), "valkey");
    assert.equal(container.securityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(writablePaths, ["/data"]);
  });

  it("D20: two kinds stand side by side, each with its own objects, host and volume", async () => {
    let hosts: string[] = [];
    const stack = await runMocked(() => {
      const password = keyValuePassword("key-value-secret", { site, password: "s3cret" }, {});
      const store = (kind: KeyValueKind, clients: string[]): KeyValueStore =>
        new KeyValueStore(kind, {
          site,
          image: { reference: `registry.example/${kind}@sha256:1` },
          kind,
          storage: "1Gi",
          resources: guaranteed("256Mi"),
          password,
          clients,
        });
      const old = store("redict", ["packit-worker", "valkey"]);
      const next = store("valkey", ["packit-worker"]);
      old.host.apply((host) => (hosts = [...hosts, host]));
      next.host.apply((host) => (hosts = [...hosts, host]));
    });
    assert.deepEqual(hosts.sort(), ["redict", "valkey"]);
    for (const kind of ["redict", "valkey"]) {
      const service = stack.object("Service", kind).spec;
      assert.deepEqual(service.selector, { component: kind });
      assert.deepEqual(service.ports, [{ name: "6379", port: 6379, targetPort: 6379, protocol: "TCP" }]);
      const volume = stack.resource("PersistentVolumeClaim", `${kind}-pvc`);
      assert.ok(volume.protect && volume.retainOnDelete);
    }
    const [rule] = stack.object("NetworkPolicy", "redict").spec.ingress;
    assert.ok(rule.from[0].podSelector.matchExpressions[0].values.includes("valkey"));
  });
});
