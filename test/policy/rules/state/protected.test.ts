import assert from "node:assert/strict";

import { claim } from "../../../../components/platform/claim";
import { OpenShiftPlatform } from "../../../../components/platform/openshift";
import { Workload } from "../../../../components/platform/workload";
import type { PolicyResource } from "../../../../policy/resource";
import { protectedState } from "../../../../policy/rules/state/protected";
import { runMocked } from "../../../support/mocks";
import { CONTAINER, deployment, object, problems } from "../../examples";

const UNPROTECTED = ["it holds data and is not protected"];

describe("state/protected", () => {
  const holders = [
    ["v1", "PersistentVolumeClaim"],
    ["v1", "PersistentVolume"],
    ["v1", "Namespace"],
    ["project.openshift.io/v1", "Project"],
    ["tenant.paas.redhat.com/v1alpha1", "TenantNamespace"],
  ] as const;
  for (const [apiVersion, kind] of holders) {
    it(`wants a ${kind} protected`, () => {
      assert.deepEqual(problems(protectedState, object(apiVersion, kind, {})), UNPROTECTED);
      assert.deepEqual(problems(protectedState, object(apiVersion, kind, {}, true)), []);
    });
  }

  it("wants a StatefulSet protected that makes claims, and no other", () => {
    const set = (spec: object) => object("apps/v1", "StatefulSet", { spec });
    assert.deepEqual(problems(protectedState, set({ volumeClaimTemplates: [{}] })), UNPROTECTED);
    assert.deepEqual(problems(protectedState, set({ volumeClaimTemplates: [] })), []);
    assert.deepEqual(problems(protectedState, set({})), []);
  });

  it("leaves alone what holds no data", () => {
    assert.deepEqual(problems(protectedState, deployment(CONTAINER)), []);
  });

  it("knows the platform's caches from its data", async () => {
    const site = {
      platform: new OpenShiftPlatform(),
      namespace: "packit--stg",
      instance: "stg",
      durable: true,
    };
    const cache = { site, component: "cache", storage: "4Gi", disposable: true };
    const { resources } = await runMocked(() => {
      claim("data", { site, component: "data", storage: "4Gi" }, {});
      claim("cache", cache, {});
      claim("forgotten", { ...cache, site: { ...site, durable: false }, disposable: false }, {});
      new Workload("worker", {
        site,
        kind: "StatefulSet",
        image: { reference: CONTAINER.image },
        resources: CONTAINER.resources,
        probes: { readiness: {}, liveness: {} },
        claimTemplates: { cache: "4Gi" },
        mounts: [{ volume: "cache", path: "/cache" }],
      });
    });
    const unprotected = resources
      .filter((resource) => problems(protectedState, resource satisfies PolicyResource).length > 0)
      .map((resource) => resource.name);
    assert.deepEqual(unprotected, ["forgotten"]);
  });
});
