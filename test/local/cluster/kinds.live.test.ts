import assert from "node:assert/strict";

import { startCluster } from "../../../local/cluster";
import { type ApiClient, type KubernetesObject, resourcePath } from "../../../local/cluster/api";
import { imageTrigger } from "../../../local/cluster/controller/names";
import type { ImageStream } from "../../../local/cluster/controller/image-streams";
import type { Route } from "../../../local/cluster/controller/routes";
import { cleanUp, clientOf, eventually, podSpec, testFolder, untilGone } from "./support";

describe("what the local control plane serves", () => {
  let folder = "";
  let api: ApiClient;
  before(async () => {
    folder = testFolder();
    await startCluster(folder);
    api = clientOf(folder);
    await apply("v1", "namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "packit-dev" },
    });
  });
  after(async () => {
    api.close();
    await cleanUp(folder);
  });

  const apply = async <T extends KubernetesObject>(
    version: string,
    plural: string,
    object: T,
  ): Promise<T> => {
    const { namespace, name } = object.metadata;
    return await api.patch<T>(resourcePath(version, plural, namespace, name), "apply", "test", object);
  };
  const applyUnforced = async (object: object, path: string): Promise<void> => {
    const query = "?fieldManager=test&fieldValidation=Strict";
    await api.text({
      method: "PATCH",
      path: path + query,
      body: object,
      contentType: "application/apply-patch+yaml",
    });
  };
  const named = (
    apiVersion: string,
    kind: string,
    name: string,
  ): Required<Pick<KubernetesObject, "apiVersion" | "kind">> & KubernetesObject => ({
    apiVersion,
    kind,
    metadata: { name, namespace: "packit-dev" },
  });

  describe("kinds that are not Kubernetes' own", () => {
    const good = {
      routes: {
        ...named("route.openshift.io/v1", "Route", "api"),
        spec: { to: { kind: "Service", name: "api" } },
      },
      imagestreams: {
        ...named("image.openshift.io/v1", "ImageStream", "worker"),
        spec: { lookupPolicy: { local: true } },
      },
      buildconfigs: {
        ...named("build.openshift.io/v1", "BuildConfig", "copr"),
        spec: { strategy: { type: "Docker", dockerStrategy: { env: [{ name: "A", value: "b" }] } } },
      },
      builds: {
        ...named("build.openshift.io/v1", "Build", "copr-1"),
        spec: { strategy: { type: "Docker" } },
      },
      projects: {
        apiVersion: "project.openshift.io/v1",
        kind: "Project",
        metadata: { name: "strict" },
        spec: {},
      },
      tenantnamespaces: {
        ...named("tenant.paas.redhat.com/v1alpha1", "TenantNamespace", "sandbox"),
        spec: { type: "runtime", network: { "security-zone": "internal" } },
      },
      certificates: {
        ...named("cert-manager.io/v1", "Certificate", "tls"),
        spec: { secretName: "tls", dnsNames: ["dev.packit.dev"], issuerRef: { name: "letsencrypt" } },
      },
      clusterissuers: {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: { name: "strict" },
        spec: { selfSigned: {} },
      },
      issuers: { ...named("cert-manager.io/v1", "Issuer", "own"), spec: { selfSigned: {} } },
    };
    for (const [plural, object] of Object.entries(good)) {
      it(`${object.kind} is accepted, and refused with a field that it does not have`, async () => {
        await apply(object.apiVersion, plural, object);
        const wrong = { ...object, spec: { ...object.spec, noSuchField: 1 } };
        await assert.rejects(apply(object.apiVersion, plural, wrong), /noSuchField/);
      });
    }

    it("refuse a wrong type deep inside, too", async () => {
      const wrong = {
        ...good.imagestreams,
        spec: { tags: [{ name: "dev", importPolicy: { scheduled: "yes" } }] },
      };
      await assert.rejects(apply("image.openshift.io/v1", "imagestreams", wrong), /scheduled/);
    });
  });

  describe("workloads", () => {
    it("become Ready: a StatefulSet with claims", async () => {
      const path = "apps/v1";
      await apply(path, "statefulsets", {
        ...named(path, "StatefulSet", "postgres"),
        spec: {
          replicas: 2,
          serviceName: "postgres",
          selector: { matchLabels: { component: "postgres" } },
          template: { metadata: { labels: { component: "postgres" } }, spec: podSpec },
          volumeClaimTemplates: [
            {
              metadata: { name: "data" },
              spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
            },
          ],
        },
      });
      await eventually(
        () =>
          api.get<{ status?: { readyReplicas?: number } }>(
            resourcePath(path, "statefulsets", "packit-dev", "postgres"),
          ),
        ({ status }) => status?.readyReplicas === 2,
      );
    });

    it("complete: a Job", async () => {
      await apply("batch/v1", "jobs", {
        ...named("batch/v1", "Job", "backup"),
        spec: { template: { spec: { ...podSpec, restartPolicy: "Never" } } },
      });
      await eventually(
        () =>
          api.get<{ status?: { succeeded?: number } }>(
            resourcePath("batch/v1", "jobs", "packit-dev", "backup"),
          ),
        ({ status }) => status?.succeeded === 1,
      );
    });

    it("may be enlarged: a claim", async () => {
      const claim = (storage: string): KubernetesObject => ({
        ...named("v1", "PersistentVolumeClaim", "cache"),
        ...{ spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } } },
      });
      await apply("v1", "persistentvolumeclaims", claim("1Gi"));
      await eventually(
        () =>
          api.get<{ status?: { phase?: string } }>(
            resourcePath("v1", "persistentvolumeclaims", "packit-dev", "cache"),
          ),
        ({ status }) => status?.phase === "Bound",
      );
      await apply("v1", "persistentvolumeclaims", claim("2Gi"));
    });

    it("are refused when they are not fit for the restricted level", async () => {
      const pod = { ...named("v1", "Pod", "root"), spec: { containers: [{ name: "a", image: "a" }] } };
      await assert.rejects(apply("v1", "pods", pod), /violates PodSecurity "restricted:latest"/);
    });

    it("are refused with a service account that is not there", async () => {
      const pod = { ...named("v1", "Pod", "stranger"), spec: { ...podSpec, serviceAccountName: "nobody" } };
      await assert.rejects(apply("v1", "pods", pod), /serviceaccount "nobody" not found/);
    });
  });

  describe("OpenShift's stand-in", () => {
    it("makes a Project's namespace, with its labels, and takes it away again", async () => {
      const metadata = { name: "sandbox", labels: { app: "packit" }, annotations: { note: "a sandbox" } };
      const project = { apiVersion: "project.openshift.io/v1", kind: "Project", metadata };
      await apply("project.openshift.io/v1", "projects", project);
      const path = resourcePath("project.openshift.io/v1", "projects", undefined, "sandbox");
      await eventually(
        () => api.get<{ status?: { phase?: string } }>(path),
        ({ status }) => status?.phase === "Active",
      );
      const namespacePath = resourcePath("v1", "namespaces", undefined, "sandbox");
      const namespace = await api.get<KubernetesObject>(namespacePath);
      assert.equal(namespace.metadata.labels?.app, "packit");
      assert.equal(namespace.metadata.annotations?.note, "a sandbox");
      await apply("project.openshift.io/v1", "projects", {
        ...project,
        metadata: { ...metadata, labels: { app: "copr" } },
      });
      await eventually(
        () => api.get<KubernetesObject>(namespacePath),
        ({ metadata: { labels } }) => labels?.app === "copr",
      );
      await api.delete(path);
      await untilGone(api, path);
      await untilGone(api, namespacePath);
    });

    it("makes a TenantNamespace's namespace, and takes it away again", async () => {
      const config = { apiVersion: "v1", kind: "Namespace", metadata: { name: "packit--config" } };
      await apply("v1", "namespaces", config);
      const version = "tenant.paas.redhat.com/v1alpha1";
      await apply(version, "tenantnamespaces", {
        apiVersion: version,
        kind: "TenantNamespace",
        metadata: { name: "stg-sandbox", namespace: "packit--config" },
        ...{ spec: { type: "runtime" } },
      });
      const path = resourcePath("v1", "namespaces", undefined, "packit--stg-sandbox");
      await eventually(() => api.get<KubernetesObject>(path), Boolean);
      await api.delete(resourcePath(version, "tenantnamespaces", "packit--config", "stg-sandbox"));
      await untilGone(api, path);
    });

    it("fills an ImageStream's status, and its trigger sets the image as an owner of its own", async () => {
      await apply("image.openshift.io/v1", "imagestreams", {
        ...named("image.openshift.io/v1", "ImageStream", "packit-worker"),
        spec: {
          tags: [{ name: "dev", from: { kind: "DockerImage", name: "quay.io/packit/packit-worker:dev" } }],
        },
      });
      const trigger = {
        from: { kind: "ImageStreamTag", name: "packit-worker:dev" },
        fieldPath: 'spec.template.spec.containers[?(@.name=="worker")].image',
      };
      const deployment = named("apps/v1", "Deployment", "packit-worker");
      const labels = { component: "packit-worker" };
      const template = { metadata: { labels }, spec: podSpec };
      const annotations = { "image.openshift.io/triggers": JSON.stringify([trigger]) };
      const wanted = {
        ...deployment,
        metadata: { ...deployment.metadata, annotations },
        spec: { selector: { matchLabels: labels }, template },
      };
      await apply("apps/v1", "deployments", wanted);
      const stream = await api.get<ImageStream>(
        resourcePath("image.openshift.io/v1", "imagestreams", "packit-dev", "packit-worker"),
      );
      assert.match(JSON.stringify(stream.spec), /quay\.io/);
      const path = resourcePath("apps/v1", "deployments", "packit-dev", "packit-worker");
      await eventually(
        () => api.get<{ spec: { template: { spec: typeof podSpec } } }>(path),
        ({ spec }) =>
          (spec.template.spec.containers[0]?.image ?? "").startsWith("quay.io/packit/packit-worker@sha256:"),
      );
      await assert.rejects(applyUnforced(wanted, path), new RegExp(`conflict with "${imageTrigger}"`));
    });

    it("admits a Route and gives it a host; a second one with that host must wait for it", async () => {
      const route = (name: string, host?: string): Route & { apiVersion: string; kind: string } => ({
        ...named("route.openshift.io/v1", "Route", name),
        spec: { ...{ to: { kind: "Service", name: "api" } }, ...(host === undefined ? {} : { host }) },
      });
      const verdictOf = async (name: string, status: string): Promise<Route> =>
        await eventually(
          () => api.get<Route>(resourcePath("route.openshift.io/v1", "routes", "packit-dev", name)),
          (seen) => seen.status?.ingress?.[0]?.conditions?.[0]?.status === status,
        );
      await apply("route.openshift.io/v1", "routes", route("generated"));
      const { spec } = await verdictOf("generated", "True");
      assert.equal(spec.host, "generated-packit-dev.apps.localhost");
      await apply("route.openshift.io/v1", "routes", route("later", spec.host));
      await verdictOf("later", "False");
      await api.delete(resourcePath("route.openshift.io/v1", "routes", "packit-dev", "generated"));
      await verdictOf("later", "True");
    });
  });
});
