import assert from "node:assert/strict";

import type { Registered, Stack } from "../../support/mocks";
import { COPRS, deployCopr, deployedCopr } from "./deployed";

/** Objects whose loss is the loss of data: signing keys first of all (C30). */
function holdsData({ type }: Registered): boolean {
  return /:(Namespace|Project|PersistentVolumeClaim)$/.test(type);
}

function isKubernetes({ type }: Registered): boolean {
  return type.startsWith("kubernetes:");
}

/** All that a resource waits for, and what that waits for. */
function awaited(stack: Stack, name: string, kind = "Deployment"): Set<string> {
  const found = new Set<string>();
  const waiting = [...stack.resource(kind, name).dependencies];
  for (let urn = waiting.pop(); urn !== undefined; urn = waiting.pop()) {
    if (found.has(urn)) continue;
    found.add(urn);
    const [type = "", resourceName = ""] = urn.split("::").slice(-2);
    const own = type.split("$").at(-1);
    const resource = stack.resources.find((one) => one.type === own && one.name === resourceName);
    waiting.push(...(resource?.dependencies ?? []));
  }
  return found;
}

function isAwaited(urns: ReadonlySet<string>, kind: string, name: string): boolean {
  return [...urns].some((urn) => urn.endsWith(`:${kind}::${name}`));
}

describe("Copr's program", () => {
  for (const name of ["copr-stg", "copr-prod"] as const) {
    it(`C30: protects what holds data in ${name}, and keeps the volumes when the stack goes`, async () => {
      const { stack } = await deployedCopr(name);
      const data = stack.resources.filter(holdsData);
      assert.ok(data.length >= 7, String(data.length));
      for (const resource of data) {
        assert.equal(resource.protect, true, resource.name);
        const isVolume = resource.type.endsWith(":PersistentVolumeClaim");
        assert.equal(resource.retainOnDelete, isVolume, resource.name);
      }
      assert.equal(stack.resource("ConfigMap", "stack-seal").protect, true);
    });
  }

  it("protects nothing in copr-dev, which comes and goes", async () => {
    const { stack } = await deployedCopr("copr-dev");
    assert.deepEqual(
      stack.resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete),
      [],
    );
  });

  it("S1, S20: closes the namespace before anything else is in it", async () => {
    const { stack } = await deployedCopr("copr-dev");
    const open = stack.resources.filter(isKubernetes).filter((resource) => {
      const kind = resource.type.split(":").at(-1) ?? "";
      if (["Namespace", "Provider"].includes(kind) || resource.name === "deny-by-default") return false;
      return !isAwaited(awaited(stack, objectName(resource), kind), "NetworkPolicy", "deny-by-default");
    });
    assert.deepEqual(
      open.map(({ type, name }) => `${type} ${name}`),
      [],
    );
  });

  it("C1: starts web servers after the database's job, and that after the database", async () => {
    const { stack } = await deployedCopr("copr-dev");
    const job = awaited(stack, "copr-database-job", "Job");
    assert.ok(isAwaited(job, "Deployment", "postgres-15"));
    assert.ok(!isAwaited(job, "Deployment", "copr-frontend"));
    const frontend = awaited(stack, "copr-frontend");
    assert.ok(isAwaited(frontend, "Job", "copr-database-job"));
    assert.ok(isAwaited(frontend, "Deployment", "valkey"));
  });

  it("starts dispatchers after everything that they call", async () => {
    const { stack } = await deployedCopr("copr-dev");
    const backend = awaited(stack, "copr-backend");
    for (const name of ["copr-frontend", "copr-keygen", "copr-backend-log", "valkey"])
      assert.ok(isAwaited(backend, "Deployment", name), name);
    const distGit = awaited(stack, "copr-distgit");
    for (const name of ["copr-frontend", "valkey"]) assert.ok(isAwaited(distGit, "Deployment", name), name);
  });

  it("C26: starts what hands out builders after what they need, and the backend after that", async () => {
    const { stack } = await deployedCopr("copr-stg");
    const resalloc = awaited(stack, "resalloc");
    for (const [kind, name] of [
      ["Sweep", "copr-stg"],
      ["KeyPair", "copr-stg"],
      ["SecurityGroup", "copr-stg"],
      ["UserPolicyAttachment", "copr-stg"],
      ["Deployment", "copr-frontend"],
    ] as const)
      assert.ok(isAwaited(resalloc, kind, name), `${kind} ${name}`);
    assert.ok(isAwaited(awaited(stack, "copr-backend"), "Deployment", "resalloc"));
  });

  it("C28: has several of one stack in one cluster, apart by namespace, host and instance", async () => {
    const places = async (instance: string): Promise<string[]> => {
      const { objects } = await deployCopr("copr-dev", { instance });
      const namespaces = new Set(objects.all.map(({ namespace }) => namespace).filter((one) => one !== ""));
      const hosts = objects.ofKind("Ingress").map(({ body }) => String(body.spec.rules[0].host));
      const labels = new Set(objects.all.map((object) => object.labels["app.kubernetes.io/instance"] ?? ""));
      return [...namespaces, ...hosts, ...labels];
    };
    const [mine, yours] = [await places("copr-dev-mine"), await places("copr-dev-yours")];
    assert.ok(mine.length >= 5, mine.join());
    assert.deepEqual(
      mine.filter((place) => yours.includes(place)),
      [],
    );
  });

  it("C30: stores no backup that its own cluster could read", async () => {
    for (const name of ["copr-stg", "copr-prod"] as const) {
      const { stack } = await deployedCopr(name);
      for (const backup of ["database-backup", "copr-keygen-backup"]) {
        const [container] = stack.object("CronJob", backup).spec.jobTemplate.spec.template.spec.containers;
        const given = container.env.map(({ name: variable }: { name: string }) => variable);
        assert.ok(given.includes("RECIPIENT_FILE"), `${name}: ${backup}`);
        assert.match(stack.object("ConfigMap", `${backup}-recipient`).data["recipient.asc"], /PGP PUBLIC/);
      }
    }
  });

  it("S4, S5, S6: makes its secrets, each its own, and shows none in a ConfigMap or a pod", async () => {
    for (const name of COPRS) {
      const { stack } = await deployedCopr(name);
      const values = stack.objects("Secret").flatMap(({ metadata, data }) =>
        Object.entries((data ?? {}) as Record<string, string>)
          .filter(([key]) => !["database-user", "database-name"].includes(key))
          .map(
            ([key, value]) => [`${metadata.name}/${key}`, Buffer.from(value, "base64").toString()] as const,
          ),
      );
      assert.ok(values.length >= 6, String(values.length));
      const shown = JSON.stringify([...stack.objects("ConfigMap"), ...stack.objects("Deployment")]);
      const leaked = values.filter(([, value]) => value.length >= 8 && shown.includes(value));
      assert.deepEqual(
        leaked.map(([where]) => where),
        [],
        name,
      );
    }
  });
});

function objectName({ inputs, name }: Registered): string {
  return (inputs.metadata as { name?: string } | undefined)?.name ?? name;
}
