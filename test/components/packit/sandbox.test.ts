import assert from "node:assert/strict";

import { Sandbox, type SandboxArgs } from "../../../components/packit/sandbox";
import { runMocked, type Stack } from "../../support/mocks";
import { site } from "./fixtures";

const workers = ["packit-worker-short-running", "packit-worker-long-running"].map((serviceAccount) => ({
  namespace: "packit--stg",
  serviceAccount,
}));

function deploy(overrides: Partial<SandboxArgs> = {}): Promise<Stack> {
  const own = { ...site, namespace: "packit--stg-sandbox" };
  return runMocked(() => new Sandbox("sandcastle", { site: own, workers, ...overrides }));
}

describe("Sandbox", () => {
  it("D24: lets the workers' own accounts do what sandcastle does, and no other account anything", async () => {
    const stack = await deploy();
    assert.deepEqual(stack.object("RoleBinding", "sandcastle").subjects, [
      { kind: "ServiceAccount", namespace: "packit--stg", name: "packit-worker-short-running" },
      { kind: "ServiceAccount", namespace: "packit--stg", name: "packit-worker-long-running" },
    ]);
    const { roleRef } = stack.object("RoleBinding", "sandcastle");
    assert.deepEqual(roleRef, { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "sandcastle" });
    assert.deepEqual(stack.object("Role", "sandcastle").rules, [
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "create", "delete"] },
      { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
      { apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: ["list", "create", "delete"] },
    ]);
  });

  it("D23: has a cache for every pod that will ask for one, and no other", async () => {
    const pods = ["packit-worker-long-running-0", "packit-worker-long-running-1"];
    const stack = await deploy({ caches: { pods, storage: "6Gi" } });
    assert.deepEqual(
      stack
        .objects("PersistentVolumeClaim")
        .map(({ metadata, spec }) => [metadata.name, spec.resources.requests.storage]),
      [
        ["sandcastle-repository-cache-packit-worker-long-running-0", "6Gi"],
        ["sandcastle-repository-cache-packit-worker-long-running-1", "6Gi"],
      ],
    );
    assert.deepEqual((await deploy()).objects("PersistentVolumeClaim"), []);
  });

  it("D63: puts everything into its own namespace", async () => {
    const stack = await deploy({
      caches: { pods: ["packit-worker-0"], storage: "4Gi" },
      quota: { pods: "20" },
    });
    for (const { inputs, type } of stack.resources.filter((resource) =>
      resource.type.startsWith("kubernetes:"),
    )) {
      assert.equal((inputs.metadata as { namespace?: string }).namespace, "packit--stg-sandbox", type);
    }
  });

  it("D64: nobody connects to the pods that run users' commands", async () => {
    assert.deepEqual((await deploy()).object("NetworkPolicy", "sandcastle").spec, {
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [],
    });
  });

  it("D64: can be limited as a whole", async () => {
    const stack = await deploy({ quota: { "limits.memory": "6Gi" } });
    assert.deepEqual(stack.object("ResourceQuota", "sandcastle").spec, { hard: { "limits.memory": "6Gi" } });
    assert.ok(!(await deploy()).has("ResourceQuota", "sandcastle"));
  });
});
