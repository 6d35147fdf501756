import assert from "node:assert/strict";

import { CHECKSUM_ANNOTATION } from "../../../components/platform/pod";
import { quantity } from "../../../components/platform/quantity";
import type { ClusterObjects, Pods } from "../../support/objects";
import { COPRS, deployCopr, deployedCopr } from "./deployed";

type Container = Pods["containers"][number];

/** Every container of a stack, with its pods. */
function containers({ pods }: ClusterObjects): { readonly pod: Pods; readonly container: Container }[] {
  return pods.flatMap((pod) => pod.containers.map((container) => ({ pod, container })));
}

/** Pods that go on until they are stopped. */
function services({ pods }: ClusterObjects): readonly Pods[] {
  return pods.filter(({ owner }) => ["Deployment", "StatefulSet"].includes(owner.kind));
}

describe("the objects of Copr's stacks", () => {
  for (const name of COPRS) {
    it(`S10, S11, S12, B15, B21: give pods of ${name} no privilege, no token and accounts of their own`, async () => {
      const { objects } = await deployedCopr(name);
      for (const { owner, spec } of objects.pods) {
        assert.equal(spec.automountServiceAccountToken, false, owner.title);
        assert.ok(spec.serviceAccountName, owner.title);
      }
      const accounts = objects.pods.map(({ spec }) => spec.serviceAccountName);
      assert.deepEqual(accounts, [...new Set(accounts)]);
      for (const { pod, container } of containers(objects)) {
        const { allowPrivilegeEscalation, capabilities, privileged } = container.securityContext ?? {};
        assert.deepEqual([allowPrivilegeEscalation, capabilities?.drop], [false, ["ALL"]], pod.owner.title);
        assert.notEqual(privileged, true);
        assert.ok(container.resources?.limits?.memory, `${pod.owner.title} ${container.name}`);
      }
      // Rights are bound one by one, and none but that to one's own user (B21).
      const bound = objects.ofKind("RoleBinding").map(({ body }) => String(body.roleRef.name));
      assert.deepEqual(
        [...new Set(bound)].filter((role) => !role.endsWith("scc:nonroot-v2")),
        [],
      );
      assert.deepEqual(objects.ofKind("Role"), []);
    });

    it(`B9, C17: make pods of ${name} anew when a file of theirs changes`, async () => {
      const { objects } = await deployedCopr(name);
      const readers = services(objects).filter(({ spec }) =>
        spec.volumes?.some(({ configMap, secret, projected }) => configMap ?? secret ?? projected),
      );
      assert.ok(readers.length >= 6, String(readers.length));
      for (const { owner } of readers)
        assert.ok(owner.body.spec.template.metadata.annotations[CHECKSUM_ANNOTATION], owner.title);
    });

    it(`C2, C22, B24: ask every service of ${name} whether it is ready and lives, and wait in no loop`, async () => {
      const { objects } = await deployedCopr(name);
      for (const { owner, spec } of services(objects)) {
        for (const { name: container, readinessProbe, livenessProbe } of spec.containers ?? [])
          assert.ok(readinessProbe && livenessProbe, `${owner.title} ${container}`);
        const text = JSON.stringify(spec.initContainers ?? []);
        assert.doesNotMatch(text, /nc -z|until |while /, owner.title);
      }
    });

    it(`C23, C13: mount each volume of ${name} at one path, and logs never beside data`, async () => {
      const { objects } = await deployedCopr(name);
      for (const { pod, container } of containers(objects)) {
        const claims = (pod.spec.volumes ?? []).flatMap((volume) =>
          volume.persistentVolumeClaim === undefined ? [] : [String(volume.name)],
        );
        const mounted = (container.volumeMounts ?? []).filter(({ name: volume = "" }) =>
          claims.includes(volume),
        );
        const names = mounted.map(({ name: volume }) => volume);
        assert.deepEqual(names, [...new Set(names)], pod.owner.title);
        for (const { mountPath = "" } of mounted)
          assert.doesNotMatch(mountPath, /^\/var\/log/, pod.owner.title);
      }
      const users = objects.pods.flatMap(({ owner, spec }) =>
        (spec.volumes ?? []).flatMap(({ persistentVolumeClaim: one }) =>
          one === undefined ? [] : [{ claim: String(one.claimName), owner, affinity: spec.affinity }],
        ),
      );
      const shared = users.filter(({ claim }) => users.filter((one) => one.claim === claim).length > 1);
      for (const { claim, owner, affinity } of shared)
        assert.ok(affinity?.podAffinity, `${claim} of ${owner.title}`);
    });

    it(`B16, B17, C32: run pods of ${name} as users with fixed numbers, whose group may write to volumes`, async () => {
      const { objects } = await deployedCopr(name);
      const own = objects.pods.filter(({ owner }) => /^copr-|^resalloc/.test(owner.name));
      const named = own.filter(({ spec }) => JSON.stringify(spec).includes('"/etc/passwd"'));
      assert.ok(named.length >= 7, String(named.length));
      for (const { owner, spec } of named) {
        const { runAsUser = 0, fsGroup } = spec.securityContext ?? {};
        assert.ok(runAsUser > 900, owner.title);
        assert.notEqual(fsGroup, undefined, owner.title);
      }
    });

    it(`S14, S15, K7: leave nothing of ${name} to chance: no Service for the world, no class of volumes by name`, async () => {
      const { objects } = await deployedCopr(name);
      for (const { body, title } of objects.ofKind("Service"))
        assert.ok(["ClusterIP", undefined].includes(body.spec.type as string | undefined), title);
      for (const { body, title } of objects.ofKind("PersistentVolumeClaim"))
        assert.notEqual(body.spec.storageClassName, "ssd", title);
      for (const { container } of containers(objects))
        for (const { name: variable = "", value } of container.env ?? [])
          assert.ok(!/PASSWORD|SECRET/.test(variable) || value === undefined, variable);
    });
  }

  it("C19, C20, C21, B22, S21: run production's images by digest, followed by nothing", async () => {
    const { objects } = await deployedCopr("copr-prod");
    for (const { pod, container } of containers(objects)) {
      assert.match(container.image ?? "", /@sha256:[0-9a-f]{64}$/, pod.owner.title);
      assert.doesNotMatch(container.image ?? "", /centos7|:latest/, pod.owner.title);
    }
    assert.deepEqual(objects.ofKind("ImageStream"), []);
    assert.doesNotMatch(
      JSON.stringify(objects.all.map(({ annotations }) => annotations)),
      /image\.openshift\.io\/triggers/,
    );
    const [database] = objects.pods.filter(({ owner }) => owner.name.startsWith("postgres-"));
    assert.ok(Number(database?.owner.name.replace("postgres-", "")) >= 14, database?.owner.name);
  });

  it("B1: put a new major version of PostgreSQL beside the old one, with a volume of its own", async () => {
    const { objects } = await deployCopr("copr-dev", { database: { beside: { version: 16 } } });
    const claimOf = (name: string): unknown =>
      objects.pods
        .find(({ owner }) => owner.name === name)
        ?.spec.volumes?.find(({ persistentVolumeClaim }) => persistentVolumeClaim)?.persistentVolumeClaim
        ?.claimName;
    assert.deepEqual([claimOf("postgres-15"), claimOf("postgres-16")], ["postgres-15", "postgres-16"]);
  });

  it("C29: give results and sources of production more than a few days take, and room to grow", async () => {
    const { input, objects } = await deployedCopr("copr-prod");
    for (const [claim, { storage }] of [
      ["copr-backend-results", input.settings.results],
      ["copr-distgit-data", input.settings.distGit],
    ] as const) {
      assert.equal(
        objects.find("PersistentVolumeClaim", "copr-prod", claim)?.body.spec.resources.requests.storage,
        storage,
      );
      assert.ok(quantity(storage) >= quantity("50Gi"), storage);
    }
  });

  it("S13, B3: have the database's user, name and password from one Secret, and no superuser", async () => {
    const { objects } = await deployedCopr("copr-stg");
    const using = containers(objects).flatMap(({ pod, container }) =>
      (container.env ?? []).flatMap(({ name = "", valueFrom }) =>
        /^(POSTGRESQL|PG|COPR_DB|DATABASE)_?(USER|PASSWORD|DATABASE|NAME)$/.test(name)
          ? [[pod.owner.name, name, valueFrom?.secretKeyRef?.name] as const]
          : [],
      ),
    );
    assert.ok(using.length >= 6, String(using.length));
    assert.deepEqual([...new Set(using.map(([, , secret]) => secret))], ["copr-database"]);
    assert.doesNotMatch(JSON.stringify(objects.pods.map(({ spec }) => spec)), /POSTGRESQL_ADMIN_PASSWORD/);
  });

  it("C24, B25: give builds and the maker of keys memory, and the store less data than memory", async () => {
    const { objects } = await deployedCopr("copr-prod");
    const limit = (owner: string, name: string): number =>
      quantity(
        containers(objects).find((one) => one.pod.owner.name === owner && one.container.name === name)
          ?.container.resources?.limits?.memory ?? "0",
      );
    assert.ok(limit("copr-backend", "builds") >= quantity("1Gi"));
    assert.ok(limit("copr-keygen", "httpd") >= quantity("256Mi"));
    const conf = objects.ofKind("ConfigMap").map(({ body }) => JSON.stringify(body.data));
    const [, most = "0"] = /maxmemory (\d+)/.exec(conf.join("\n")) ?? [];
    assert.ok(Number(most) > 0 && Number(most) <= 0.75 * limit("valkey", "valkey"), most);
  });

  it("S16, S17: publish nothing without TLS, and trust no cluster without its certificate", async () => {
    for (const name of COPRS) {
      const { objects, stack } = await deployedCopr(name);
      const routes = [...objects.ofKind("Route"), ...objects.ofKind("Ingress")];
      assert.equal(routes.length >= 3, true, name);
      for (const { body, title } of routes) assert.ok(body.spec.tls, title);
      assert.doesNotMatch(
        JSON.stringify(stack.resources.map(({ inputs }) => inputs)),
        /insecure-skip-tls-verify|validate_certs/,
      );
    }
  });

  it("K1, K2: start each program itself, under tini where it has children, and as no root", async () => {
    const { objects } = await deployedCopr("copr-stg");
    const command = (owner: string, name: string): string =>
      (
        containers(objects).find((one) => one.pod.owner.name === owner && one.container.name === name)
          ?.container.command ?? []
      ).join(" ");
    for (const kind of ["actions", "builds"])
      assert.match(
        command("copr-backend", kind),
        new RegExp(`^/usr/bin/tini -s -- .* -- /usr/bin/copr-run-dispatcher-backend ${kind}$`),
      );
    assert.equal(command("copr-keygen", "httpd"), "/usr/bin/tini -s -- /usr/sbin/httpd -DFOREGROUND");
    const all = JSON.stringify(objects.pods.map(({ spec }) => spec));
    assert.doesNotMatch(all, /runuser|"\/tini"|chmod 0?777|"\/entrypoint"/);
  });

  it("K4: name the key of builders as ssh's configuration does", async () => {
    const { objects } = await deployedCopr("copr-stg");
    const { data } = objects.find("ConfigMap", "copr-stg", "copr-backend-ssh")?.body ?? {};
    const [, file = ""] = /IdentityFile "?([^"\n]+)"?/.exec(String(data?.config)) ?? [];
    const pod = objects.pods.find(({ owner }) => owner.name === "copr-backend");
    const builds = pod?.containers.find(({ name }) => name === "builds");
    const mount = builds?.volumeMounts?.find(
      ({ mountPath }) => mountPath !== undefined && file.startsWith(`${mountPath}/`),
    );
    const volume = pod?.spec.volumes?.find(({ name }) => name === mount?.name);
    const items = JSON.stringify(volume);
    assert.ok(
      file !== "" && items.includes(`"path":"${file.slice((mount?.mountPath?.length ?? 0) + 1)}"`),
      items,
    );
    assert.equal(
      objects.ofKind("ConfigMap").some(({ body }) => JSON.stringify(body.data).includes("PRIVATE KEY")),
      false,
    );
  });
});
