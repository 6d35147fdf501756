import type { Application, Celery, Distgit } from "../../../components/packit/application";
import type { Database, Queue, Sentry } from "../../../components/packit/connections";
import { LOG_SHIPPER } from "../../../components/packit/log-shipper";
import type { Resources } from "../../../components/platform/container";
import { ConfigFiles, SecretFiles, type Files } from "../../../components/platform/files";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import type { Site } from "../../../components/platform/site";
import type { KubernetesObject } from "../../support/mocks";

export const site: Site = {
  platform: new OpenShiftPlatform(),
  namespace: "packit--stg",
  instance: "stg",
  durable: true,
};

export const application: Application = { project: "packit--stg", deployment: "stg", service: "packit" };
export const distgit: Distgit = { url: "https://src.fedoraproject.org/", namespace: "rpms" };
export const celery: Celery = { app: "packit_service.worker.tasks", retryLimit: 2, retryBackoff: 3 };
export const resources: Resources = {
  requests: { cpu: "10m", memory: "320Mi" },
  limits: { cpu: "200m", memory: "512Mi" },
};

/** A Secret with one key; only for use within a mocked program. */
export function secret(name: string, key: string, value = "s3cret"): SecretFiles {
  return new SecretFiles(name, { site, data: { [key]: value } }, {});
}

/** What most components get from the program. */
export interface Supplies {
  readonly database: Database;
  readonly queue: Queue;
  readonly sentry: Sentry;
  readonly config: Files;
  readonly ssh: Files;
  readonly tools: { readonly osh: Files; readonly gitconfig: Files };
}

/** Makes the common supplies; only for use within a mocked program. */
export function supplies(): Supplies {
  const tool = (name: string, file: string): Files =>
    new ConfigFiles(name, { site, data: { [file]: "" } }, {});
  return {
    database: { secret: secret("postgres-secret", "database-user") },
    queue: { host: "valkey", password: { from: secret("key-value-password", "password"), key: "password" } },
    sentry: { dsn: { from: secret("sentry", "dsn"), key: "dsn" } },
    config: secret("packit-config", "packit-service.yaml"),
    ssh: secret("packit-ssh", "id_ed25519"),
    tools: { osh: tool("osh-config", "client.conf"), gitconfig: tool("git-config", "gitconfig") },
  };
}

/** The container of a workload, apart from the sidecar that sends logs. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into objects of many kinds
export function containerOf(workload: KubernetesObject): any {
  const containers = workload.spec.template.spec.containers.filter(
    ({ name }: { name: string }) => name !== LOG_SHIPPER,
  );
  if (containers.length !== 1) throw new Error(`${containers.length} containers where one was expected`);
  return containers[0];
}

/** The environment of a workload: values, and `secret/key` for what comes from a Secret. */
export function environmentOf(workload: KubernetesObject): Record<string, string> {
  const variables: [string, string][] = containerOf(workload).env.map(
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an environment variable as plain data
    ({ name, value, valueFrom }: any) => [
      name,
      valueFrom === undefined ? value : `${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`,
    ],
  );
  return Object.fromEntries(variables);
}

/** What a workload mounts, by path: the names of Secrets and ConfigMaps, `scratch`, or the claim template. */
export function mountsOf(workload: KubernetesObject): Record<string, string> {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- volumes as plain data
  const volumes = new Map<string, any>(
    workload.spec.template.spec.volumes.map((volume: { name: string }) => [volume.name, volume]),
  );
  const mounts: [string, string][] = containerOf(workload).volumeMounts.map(
    (mount: { name: string; mountPath: string }) => [mount.mountPath, sourceOf(volumes.get(mount.name))],
  );
  return Object.fromEntries(mounts);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a volume as plain data
function sourceOf(volume: any): string {
  if (volume === undefined) return "claim template";
  if (volume.emptyDir !== undefined) return "scratch";
  if (volume.secret !== undefined) return volume.secret.secretName;
  if (volume.configMap !== undefined) return volume.configMap.name;
  return volume.projected.sources
    .map(
      (source: { secret?: { name: string }; configMap?: { name: string } }) =>
        source.secret ?? source.configMap,
    )
    .map(({ name }: { name: string }) => name)
    .join(" ");
}

/** Volumes of a workload that are a folder for writing. */
export function writablePathsOf(workload: KubernetesObject): string[] {
  return Object.entries(mountsOf(workload))
    .filter(([, source]) => source === "scratch" || source === "claim template")
    .map(([path]) => path)
    .sort();
}
