import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { ApiError, type ApiClient, type KubernetesObject, resourcePath } from "./api";
import { ClusterError } from "./error";
import { fieldManager, fingerprintAnnotation, nodeName } from "./names";
import type { Definition } from "./schemas/definitions";

const definitionsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** How long each single wait may take, in milliseconds; they take a tenth of a second. */
const patienceMs = 60_000;

/** Large enough that nothing is ever refused for want of room. Without ephemeral storage, pods that ask for some wait for ever. */
const capacity = { cpu: "256", memory: "1Ti", pods: "5000", "ephemeral-storage": "10Ti" };

const node = {
  apiVersion: "v1",
  kind: "Node",
  metadata: {
    name: nodeName,
    annotations: { "kwok.x-k8s.io/node": "fake" },
    labels: {
      "kubernetes.io/arch": "amd64",
      "kubernetes.io/hostname": nodeName,
      "kubernetes.io/os": "linux",
    },
  },
  status: { capacity, allocatable: capacity },
};

/** kwok's volume stages look for this name. Claims may grow, as they may on the real clusters. */
const storageClass = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: {
    name: "kwok-volume",
    annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
  },
  provisioner: "kwok.x-k8s.io/volume",
  reclaimPolicy: "Delete",
  volumeBindingMode: "Immediate",
  allowVolumeExpansion: true,
};

/** Where the tenant makes its requests; the managed platform gives each tenant one. */
const tenantConfig = { apiVersion: "v1", kind: "Namespace", metadata: { name: "packit--config" } };

interface NodeObject extends KubernetesObject {
  readonly spec: { readonly taints?: readonly unknown[] };
  readonly status: { readonly conditions?: readonly Condition[] };
}

interface DefinitionObject extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly Condition[] | null };
}

interface Condition {
  readonly type: string;
  readonly status: string;
}

/** Puts in place what a fresh API server lacks: kinds, a node, a storage class. Returns when pods can be scheduled. */
export async function bootstrap(api: ApiClient, definitionsFile: string): Promise<void> {
  const definitions = JSON.parse(readFileSync(definitionsFile, "utf8")) as Definition[];
  await Promise.all([
    applyDefinitions(api, definitions),
    createOnce(api, resourcePath("v1", "nodes"), node),
    createOnce(api, resourcePath("storage.k8s.io/v1", "storageclasses"), storageClass),
    createOnce(api, resourcePath("v1", "namespaces"), tenantConfig),
  ]);
  await Promise.all([
    ...definitions.map((definition) =>
      until(`${definition.metadata.name} is served`, () => isServed(api, definition)),
    ),
    until(`node ${nodeName} takes pods`, () => isSchedulable(api)),
    until("the default service account is there", () =>
      exists(api, resourcePath("v1", "serviceaccounts", "default", "default")),
    ),
  ]);
}

async function applyDefinitions(api: ApiClient, definitions: readonly Definition[]): Promise<void> {
  const { items } = await api.get<{ items: DefinitionObject[] | null }>(definitionsPath);
  const present = new Map((items ?? []).map((item) => [item.metadata.name, item]));
  await Promise.all(
    definitions.map(async (definition) => {
      const { metadata } = definition;
      const path = `${definitionsPath}/${metadata.name}`;
      const known = present.get(metadata.name);
      if (known !== undefined && !isTrue(known.status?.conditions, "Established")) {
        // The API server was stopped between accepting the names and serving them, and never comes back to it.
        // Nothing is lost: there can be no objects of a kind that was never served.
        await api.delete(path);
        await until(`${metadata.name} is removed`, async () => !(await exists(api, path)));
        await createOnce(api, definitionsPath, definition);
      } else if (known === undefined) {
        await createOnce(api, definitionsPath, definition);
      } else if (fingerprintOf(known) !== fingerprintOf(definition)) {
        const { resourceVersion = "" } = known.metadata;
        await api.replace(path, { ...definition, metadata: { ...metadata, resourceVersion } });
      }
    }),
  );
}

function fingerprintOf({ metadata }: KubernetesObject): string | undefined {
  return metadata.annotations?.[fingerprintAnnotation];
}

/** Established and its storage ready: between the two the server answers 404 or 429. */
async function isServed(api: ApiClient, { metadata, spec }: Definition): Promise<boolean> {
  const { status } = await api.get<DefinitionObject>(`${definitionsPath}/${metadata.name}/status`);
  if (!isTrue(status?.conditions, "Established")) {
    return false;
  }
  const [version] = spec.versions;
  const path = `/apis/${spec.group}/${version?.name ?? ""}/${spec.names.plural}?limit=1`;
  return await exists(api, path, [404, 429, 503]);
}

async function isSchedulable(api: ApiClient): Promise<boolean> {
  const { spec, status } = await api.get<NodeObject>(resourcePath("v1", "nodes", undefined, nodeName));
  return isTrue(status.conditions, "Ready") && (spec.taints ?? []).length === 0;
}

/** Go writes an empty list as null. */
function isTrue(conditions: readonly Condition[] | null | undefined, type: string): boolean {
  return (conditions ?? []).some((condition) => condition.type === type && condition.status === "True");
}

async function createOnce(api: ApiClient, path: string, body: unknown): Promise<void> {
  try {
    await api.create(`${path}?fieldManager=${fieldManager}`, body);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 409)) {
      throw error;
    }
  }
}

/** Whether the server has it; any of the statuses `absent` says that it has not. */
async function exists(api: ApiClient, path: string, absent: readonly number[] = [404]): Promise<boolean> {
  try {
    await api.get(path);
    return true;
  } catch (error) {
    if (error instanceof ApiError && absent.includes(error.status)) {
      return false;
    }
    throw error;
  }
}

/** @throws ClusterError naming `what` when it takes too long */
async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new ClusterError(`waited ${patienceMs / 1000} s in vain: ${what}`);
    }
    await sleep(30);
  }
}
