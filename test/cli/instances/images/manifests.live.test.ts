import assert from "node:assert/strict";

import { startCluster } from "../../../../local/cluster";
import { type ApiClient, type KubernetesObject, resourcePath } from "../../../../local/cluster/api";
import { buildConfig, imageStream } from "../../../../cli/instances/images/builders/build-config";
import { jobManifest } from "../../../../cli/instances/images/builders/job-manifest";
import {
  namespaceManifest,
  networkPolicy,
  pullers,
} from "../../../../cli/instances/images/builders/namespace";
import type { BuildStep } from "../../../../cli/instances/images/model";
import { planImages } from "../../../../cli/instances/images/plan";
import { IMAGE_BUILDER } from "../../../../stacks/settings/defaults/image-builder";
import { cleanUp, clientOf, testFolder } from "../../../local/cluster/support";
import { instance, LOOKUPS, pull } from "./examples";

const { namespace } = IMAGE_BUILDER;
const SETTINGS = {
  ...IMAGE_BUILDER,
  registry: "quay.io/packit-test",
  pushSecret: "push",
  seccompProfile: "profiles/buildah.json",
};
const BASE = { reference: "quay.io/packit/packit-service:stg", user: "1001" };

const [service] = planImages(instance([pull("packit-service", "1"), pull("ogr", "2")]), LOOKUPS);
const steps = service?.steps as [BuildStep, BuildStep];

describe("what building an image makes in a cluster, at a real API server", () => {
  let folder = "";
  let api: ApiClient;
  before(async () => {
    folder = testFolder();
    await startCluster(folder);
    api = clientOf(folder);
    await api.text({ method: "POST", path: "/api/v1/namespaces", body: namespaceManifest(namespace) });
  });
  after(async () => {
    api.close();
    await cleanUp(folder);
  });

  /** Has the server check an object strictly, and make none. */
  const check = async (plural: string, object: KubernetesObject): Promise<void> => {
    const { apiVersion = "" } = object;
    const path = `${resourcePath(apiVersion, plural, namespace)}?dryRun=All&fieldValidation=Strict`;
    await api.text({ method: "POST", path, body: object });
  };

  it("is taken field by field", async () => {
    for (const step of steps) {
      for (const settings of [SETTINGS, { ...IMAGE_BUILDER, registry: SETTINGS.registry }]) {
        await check("jobs", jobManifest(step, BASE, 1, settings));
        await check("buildconfigs", buildConfig(step, BASE, settings));
      }
      await check("buildconfigs", buildConfig(step, BASE, IMAGE_BUILDER));
    }
    await check("imagestreams", imageStream(steps[0], namespace));
    await check("networkpolicies", networkPolicy(namespace));
    await check("rolebindings", pullers(namespace));
  });

  it("is admitted to a namespace that takes no pod with more rights", async () => {
    for (const [index, step] of steps.entries()) {
      const { template } = jobManifest(step, BASE, 1, SETTINGS).spec;
      const metadata = { ...template.metadata, name: `pod-${index}`, namespace };
      const pod = { apiVersion: "v1", kind: "Pod", metadata, spec: template.spec };
      await check("pods", pod);
      const [build] = template.spec.initContainers.slice(-1);
      const powerful = { ...build, securityContext: { capabilities: { add: ["SYS_ADMIN"] } } };
      const spec = { ...template.spec, initContainers: [powerful] };
      await assert.rejects(
        check("pods", { ...pod, spec } as KubernetesObject),
        /violates PodSecurity "baseline/,
      );
    }
  });
});
