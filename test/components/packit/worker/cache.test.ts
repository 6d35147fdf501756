import assert from "node:assert/strict";

import { OpenShiftPlatform } from "../../../../components/platform/openshift";
import { runMocked, type KubernetesObject } from "../../../support/mocks";
import { site, supplies } from "../fixtures";
import { deploy, statefulSet, worker } from "./deploy";

describe("the repository cache of a worker", () => {
  it("D22: nothing of the settings is in the claim template, and claims of the wanted size are there before it", async () => {
    const template = async (storage: string, labels: Record<string, string>): Promise<unknown> => {
      const labelled = { ...site, platform: new OpenShiftPlatform({ labels }) };
      const set = await statefulSet("long-running", { site: labelled, repositoryCache: { storage } });
      return set.spec.volumeClaimTemplates;
    };
    const before = await template("4Gi", {});
    assert.deepEqual(await template("20Gi", { "cost-center": "700" }), before);

    const stack = await deploy("long-running", { replicas: 2, repositoryCache: { storage: "20Gi" } });
    for (const pod of ["packit-worker-long-running-0", "packit-worker-long-running-1"]) {
      const claim = stack.resource("PersistentVolumeClaim", `packit-worker-repository-cache-${pod}`);
      assert.equal((claim.inputs as unknown as KubernetesObject).spec.resources.requests.storage, "20Gi");
      // A cache can be filled again, so it goes with the stack.
      assert.equal(claim.protect, false);
    }
    const { dependencies } = stack.resource("StatefulSet", "packit-worker-long-running");
    assert.equal(dependencies.filter((urn) => urn.includes("PersistentVolumeClaim")).length, 2);
  });

  it("D22, D23: only kinds that work on repositories have a cache, and say for which pods", async () => {
    const caching: Record<string, readonly string[]> = {};
    const stack = await runMocked(() => {
      const given = supplies();
      for (const kind of ["short-running", "long-running"] as const) {
        const made = worker(given, kind, {
          replicas: 2,
          keytab: undefined,
          copr: undefined,
          githubApp: undefined,
          centpkgSig: undefined,
        });
        caching[kind] = made.caches.map(({ pod }) => pod);
      }
    });
    assert.deepEqual(caching, {
      "short-running": [],
      "long-running": ["packit-worker-long-running-0", "packit-worker-long-running-1"],
    });
    assert.deepEqual(
      stack.object("StatefulSet", "packit-worker-short-running").spec.volumeClaimTemplates,
      [],
    );
    assert.equal(stack.objects("PersistentVolumeClaim").length, 2);
  });
});
