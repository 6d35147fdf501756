import { isWithin, parsePath, type Path } from "../../frame/paths";
import { type PlainProperties, textOf } from "../../frame/values";
import { at } from "../object";

const containerFields = [
  ...[
    "args",
    "command",
    "env",
    "image",
    "imagePullPolicy",
    "lifecycle",
    "livenessProbe",
    "ports",
    "readinessProbe",
  ],
  ...[
    "resources",
    "securityContext",
    "stdin",
    "stdinOnce",
    "terminationMessagePath",
    "terminationMessagePolicy",
  ],
  ...["tty", "volumeDevices", "volumeMounts", "workingDir"],
];

const podFields = [
  ...[
    "affinity",
    "automountServiceAccountToken",
    "dnsConfig",
    "dnsPolicy",
    "enableServiceLinks",
    "hostAliases",
  ],
  ...[
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "hostname",
    "imagePullSecrets",
    "nodeName",
    "nodeSelector",
    "overhead",
  ],
  ...[
    "preemptionPolicy",
    "priority",
    "priorityClassName",
    "readinessGates",
    "restartPolicy",
    "runtimeClassName",
  ],
  ...["schedulerName", "securityContext", "serviceAccount", "serviceAccountName", "shareProcessNamespace"],
  ...["subdomain", "terminationGracePeriodSeconds", "volumes"],
];

const volumeSources = [
  ...[
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "csi",
    "fc",
    "flexVolume",
    "flocker",
  ],
  ...["gcePersistentDisk", "glusterfs", "hostPath", "iscsi", "local", "nfs", "photonPersistentDisk"],
  ...["portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume"],
];

const under = (prefix: string, fields: readonly string[]): string[] =>
  fields.map((field) => `${prefix}.${field}`);

/** The fields whose change makes a new object, by group and kind, as in the official plugin. */
const table: Readonly<Record<string, readonly string[]>> = {
  "apps/DaemonSet": ["spec.selector"],
  "apps/Deployment": ["spec.selector"],
  "apps/StatefulSet": under("spec", [
    ...["podManagementPolicy", "revisionHistoryLimit", "selector", "serviceName", "volumeClaimTemplates"],
  ]),
  "batch/Job": under("spec", ["completions", "parallelism", "selector", "template"]),
  PersistentVolume: under("spec", volumeSources),
  PersistentVolumeClaim: under("spec", ["accessModes", "selector", "storageClassName", "volumeName"]),
  Pod: [
    ...under("spec", podFields),
    ...under("spec.containers[*]", containerFields),
    ...under("spec.initContainers[*]", containerFields),
  ],
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  ResourceQuota: ["spec.scopes"],
  Secret: ["type"],
  Service: ["spec.clusterIP"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
};

const anyKind = ["kind", "metadata.name", "metadata.namespace"];
const dataFields = ["data", "binaryData", "stringData"];

/** Which of the kinds with data are changed in place (the provider's settings of these names). */
export interface Mutable {
  readonly enableSecretMutable: boolean;
  readonly enableConfigMapMutable: boolean;
}

/** The paths whose change makes a new object in place of `object`. */
export function replacingPaths(object: PlainProperties, mutable: Mutable): Path[] {
  const apiVersion = textOf(object.apiVersion);
  const kind = textOf(object.kind);
  const group = apiVersion.includes("/") ? `${apiVersion.split("/")[0] ?? ""}/` : "";
  const fields = [...anyKind, ...(table[group + kind] ?? [])];
  if (group === "" && (kind === "Secret" || kind === "ConfigMap")) {
    const inPlace = kind === "Secret" ? mutable.enableSecretMutable : mutable.enableConfigMapMutable;
    // The API server refuses every change of an immutable one.
    const fixed = at(object, "immutable") === true;
    if (fixed || !inPlace) fields.push(...dataFields);
    if (fixed) fields.push("immutable");
  }
  return fields.map(parsePath);
}

/** Whether a change at `path` touches one of the `replacing` paths: stands within it or takes it along. */
export function replaces(path: Path, replacing: readonly Path[]): boolean {
  return replacing.some((field) => isWithin(path, field));
}
