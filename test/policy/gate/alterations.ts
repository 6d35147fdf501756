import type { Alterations, Extra } from "./altered-program";

const NAMESPACE = "packit--prod";
const DISPOSABLE = { "packit.dev/disposable": "true" };
const IMAGE = `quay.io/packit/flower@sha256:${"0".repeat(64)}`;

function claim(
  name: string,
  more: { spec?: object; annotations?: object; options?: Extra["options"] } = {},
): Extra {
  return {
    type: "core/v1:PersistentVolumeClaim",
    inputs: {
      metadata: { name, namespace: NAMESPACE, annotations: { ...more.annotations } },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "kwok-volume",
        resources: { requests: { storage: "2Gi" } },
        ...more.spec,
      },
    },
    ...(more.options !== undefined && { options: more.options }),
  };
}

function object(type: string, name: string, inputs: object, namespace = NAMESPACE): Extra {
  return { type, inputs: { metadata: { name, namespace }, ...inputs } };
}

const secret = (name: string): Extra => object("core/v1:Secret", name, { stringData: { any: "thing" } });
const config = (name: string, namespace?: string): Extra =>
  object("core/v1:ConfigMap", name, { data: { any: "thing" } }, namespace);
const OTHER_CLASS = { spec: { storageClassName: "other" } };
/** A claim that can be told from the others by its size. */
const SIZED = { resources: { requests: { storage: "3Gi" } } };
const KEPT = { protect: true, retainOnDelete: true };

/** Production, and what the changes below need to be there. */
export const BASE: Alterations = {
  extras: {
    "gate-deleted": claim("gate-deleted"),
    "gate-released": claim("gate-released", { options: { retainOnDelete: true } }),
    "gate-cache": claim("gate-cache", { annotations: DISPOSABLE }),
    "gate-class": claim("gate-class"),
    "gate-cache-class": claim("gate-cache-class", { annotations: DISPOSABLE }),
    "gate-tied": claim("gate-tied", { options: KEPT }),
    "gate-both": claim("gate-both", { options: { protect: true } }),
    "gate-reclaim": claim("gate-reclaim", {
      annotations: { "kubernetes.io/reclaimPolicy": "Retain" },
      options: KEPT,
    }),
    "gate-namespace": { type: "core/v1:Namespace", inputs: { metadata: { name: "packit--gate" } } },
    "gate-old-name": claim("gate-renamed", { spec: SIZED, options: { retainOnDelete: true } }),
    "gate-secret": secret("gate-secret"),
    "gate-unread": secret("gate-unread"),
    "gate-moves": config("gate-moves"),
  },
  edits: {
    "Deployment/flower": {
      set: { "spec.template.spec.imagePullSecrets": [{ name: "gate-secret" }] },
    },
  },
};

/** Leaves out some of the base's own resources. */
function without(...names: readonly string[]): Record<string, Extra> {
  return Object.fromEntries(Object.entries(BASE.extras ?? {}).filter(([name]) => !names.includes(name)));
}

const FLOWER = "spec.template.spec.containers.0.image";
const TRIGGERS = "metadata.annotations";
/** Takes the field over from the trigger. */
const FORCED = { "pulumi.com/patchForce": "true" };

function memory(amount: string): Readonly<Record<string, string>> {
  const resources = "spec.template.spec.containers.0.resources";
  return { [`${resources}.limits.memory`]: amount, [`${resources}.requests.memory`]: amount };
}

/** What cluster or engine refuse by themselves, each with an error that ends the preview. */
export const REFUSED: Readonly<Record<string, Alterations>> = {
  "state/shrink": {
    ...BASE,
    edits: {
      ...BASE.edits,
      "PersistentVolumeClaim/postgres-15": { set: { "spec.resources.requests.storage": "1Gi" } },
    },
  },
  "state/delete": { ...BASE, extras: without("gate-tied") },
};

/** Unsafe changes that nothing else refuses. */
export const UNSAFE: Alterations = {
  extras: {
    ...without("gate-deleted", "gate-namespace", "gate-old-name", "gate-secret"),
    "gate-class": claim("gate-class", OTHER_CLASS),
    "gate-tied": { ...claim("gate-tied", { options: KEPT }), deletedWithCluster: true },
    "gate-both": claim("gate-both", { ...OTHER_CLASS, options: { protect: false } }),
    "gate-reclaim": claim("gate-reclaim", {
      annotations: { "kubernetes.io/reclaimPolicy": "Delete" },
      options: KEPT,
    }),
    "gate-new-name": claim("gate-renamed-too", {
      spec: SIZED,
      options: { protect: true, retainOnDelete: true },
    }),
    "gate-moves": config("gate-moves", "packit--stg"),
    "gate-binding": object("rbac.authorization.k8s.io/v1:RoleBinding", "gate-binding", {
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" },
      subjects: [{ kind: "ServiceAccount", name: "default", namespace: NAMESPACE }],
    }),
  },
  edits: {
    "Deployment/flower": {
      set: {
        ...BASE.edits?.["Deployment/flower"]?.set,
        [TRIGGERS]: FORCED,
        [FLOWER]: "quay.io/packit/flower:latest",
      },
      options: { ignoreChanges: [] },
    },
    "PersistentVolumeClaim/postgres-15": { options: { retainOnDelete: false } },
    "PersistentVolumeClaim/valkey-pvc": { options: { protect: false } },
    "Deployment/packit-service-fedmsg": { set: { "spec.replicas": 0 } },
    "Deployment/packit-service": { set: { "spec.replicas": 1 } },
    "PodDisruptionBudget/packit-service": { set: { "spec.minAvailable": 1, "spec.maxUnavailable": null } },
    "Deployment/packit-dashboard": { set: { "spec.strategy": { type: "Recreate" } } },
    "Deployment/nginx": { set: { "spec.template.spec.containers.0.readinessProbe": null } },
    "Deployment/valkey": { set: memory("1Gi") },
    "Deployment/packit-service-beat": {
      set: {
        "spec.template.spec.containers.0.env.0": { name: "SOME_PASSWORD", value: "hunter2-in-the-open" },
      },
    },
    "RoleBinding/sandbox-cleaner": { options: { ignoreChanges: ["roleRef"] } },
    "Route/nginx": { set: { "spec.host": "stg.packit.dev" } },
    "CronJob/database-backup": { set: { "spec.suspend": true } },
    "Service/postgres": { set: { "spec.selector": { component: "postgres-99" } } },
  },
};

/** The safe twin of each. */
export const SAFE: Alterations = {
  extras: {
    ...without("gate-released", "gate-cache", "gate-old-name", "gate-unread"),
    "gate-cache-class": claim("gate-cache-class", { ...OTHER_CLASS, annotations: DISPOSABLE }),
    "gate-both": claim("gate-both", { options: KEPT }),
    "gate-new-name": {
      ...claim("gate-renamed", { spec: SIZED, options: { retainOnDelete: true } }),
      alias: "gate-old-name",
    },
    "gate-config": config("gate-config"),
    "gate-binding": object("rbac.authorization.k8s.io/v1:RoleBinding", "gate-binding", {
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
      subjects: [{ kind: "ServiceAccount", name: "flower", namespace: NAMESPACE }],
    }),
  },
  edits: {
    "Deployment/flower": {
      set: { ...BASE.edits?.["Deployment/flower"]?.set, [TRIGGERS]: FORCED, [FLOWER]: IMAGE },
      options: { ignoreChanges: [] },
    },
    "PersistentVolumeClaim/postgres-15": { set: { "spec.resources.requests.storage": "900Gi" } },
    "Deployment/packit-service": { set: { "spec.replicas": 3 } },
    "PodDisruptionBudget/packit-service": { set: { "spec.minAvailable": 1, "spec.maxUnavailable": null } },
    "Deployment/packit-dashboard": { set: { "spec.minReadySeconds": 5 } },
    "Deployment/nginx": { set: { "spec.template.spec.containers.0.readinessProbe.periodSeconds": 7 } },
    "Deployment/valkey": { set: memory("3500Mi") },
    "Deployment/packit-service-beat": {
      set: {
        "spec.template.spec.containers.0.env.0": { name: "SOME_PASSWORD_FILE", value: "/secrets/password" },
      },
    },
    "Route/nginx": { set: { "spec.host": "metrics.packit.dev" } },
    "CronJob/database-backup": { set: { "spec.schedule": "7 3 * * *" } },
    "Service/nginx": { set: { "spec.sessionAffinity": "ClientIP" } },
  },
};

/** A test instance that reaches into production, and takes what it likes. */
export const INSTANCE: Alterations = {
  extras: { "gate-strays": config("gate-strays") },
  edits: { "Deployment/nginx": { set: { "spec.template.spec.containers.0.resources": {} } } },
};
