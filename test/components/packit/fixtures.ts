import type { Application, Celery, Distgit } from "../../../components/packit/application";
import type { Database, Queue, Sentry } from "../../../components/packit/connections";
import { Secrets } from "../../../components/packit/secrets";
import { toolConfig, type ToolConfig } from "../../../components/packit/tool-config";
import type { Resources } from "../../../components/platform/container";
import { SecretFiles } from "../../../components/platform/files";
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

/** What the program would make and hand to the components; only for use within a mocked program. */
export interface Supplies {
  readonly secrets: Secrets;
  readonly database: Database;
  readonly queue: Queue;
  readonly sentry: Sentry;
  readonly config: SecretFiles;
  readonly ssh: SecretFiles;
  readonly tools: ToolConfig;
}

export function supplies(): Supplies {
  const secrets = new Secrets(site, {});
  const password = new SecretFiles("key-value-secret", { site, data: { password: "s3cret" } }, {});
  return {
    secrets,
    database: secrets.database({ user: "packit", password: "s3cret", host: "postgres", name: "packit" }),
    queue: { host: "valkey", password: { from: password, key: "password" } },
    sentry: secrets.sentry("https://key@sentry.example/1"),
    config: secrets.config("server_name: stg.packit.dev\n"),
    ssh: secrets.ssh({ privateKey: "private", publicKey: "public", config: "Host gitlab.com\n" }),
    tools: toolConfig(site, {}),
  };
}

/** The one container of a workload. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests reach into objects of many kinds
export function containerOf(workload: KubernetesObject): any {
  const { containers } = workload.spec.template.spec;
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
