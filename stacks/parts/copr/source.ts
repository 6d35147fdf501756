import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { objectLabels, type Site } from "../../../components/platform/site";

type Pod = k8s.types.input.core.v1.PodSpec;
type Container = k8s.types.input.core.v1.Container;

const NAME = "copr-source";

/** Where the checkout is in every container. */
const FOLDER = "/opt/copr";

/** What of the checkout a service runs, by folders of it. */
interface Part {
  /** Folders that Python looks into before its own. */
  readonly paths: readonly string[];
  /** Folders that stand in for those of the image, by path. */
  readonly instead?: Readonly<Record<string, string>>;
}

const FRONTEND: Part = {
  paths: ["common"],
  instead: { "/usr/share/copr/coprs_frontend": "frontend/coprs_frontend" },
};
const KEYGEN: Part = {
  paths: ["common"],
  instead: { "/usr/share/copr-keygen/copr_keygen": "keygen/src/copr_keygen" },
};

/** Workloads with code of the checkout, the first that fits; others run nothing of it. */
const PARTS: readonly (readonly [name: RegExp, part: Part])[] = [
  [/^copr-(frontend|database-job)/, FRONTEND],
  [/^copr-backend(?!-httpd)/, { paths: ["backend", "common"] }],
  [/^copr-distgit/, { paths: ["dist-git", "common"] }],
  [/^copr-keygen(?!-backup)/, KEYGEN],
];

/**
 * Has services run a checkout on the node, read-only, instead of what is in their images: for a developer's own
 * cluster of one node. After an edit, `kubectl rollout restart` runs it. The volume is the cluster's, as pods may not
 * name folders of the node themselves.
 *
 * @param path - Folder of the checkout on the node.
 */
export function sourceVolume(site: Site, path: string, opts: pulumi.CustomResourceOptions): void {
  const name = pulumi.interpolate`${site.namespace}-source`;
  const labels = objectLabels(site, NAME);
  const spec = { accessModes: ["ReadOnlyMany"], storageClassName: "" };
  const volume = new k8s.core.v1.PersistentVolume(
    NAME,
    {
      metadata: { name, labels },
      spec: {
        ...spec,
        capacity: { storage: "1Gi" },
        // The folder is the developer's.
        persistentVolumeReclaimPolicy: "Retain",
        hostPath: { path, type: "Directory" },
        claimRef: { namespace: site.namespace, name: NAME },
      },
    },
    opts,
  );
  new k8s.core.v1.PersistentVolumeClaim(
    NAME,
    {
      metadata: { name: NAME, namespace: site.namespace, labels },
      spec: { ...spec, volumeName: volume.metadata.name, resources: { requests: { storage: "1Gi" } } },
    },
    opts,
  );
}

/** The transformation that gives pods the checkout. */
export function runsSource({ type, props, opts }: pulumi.ResourceTransformationArgs) {
  if (!/^kubernetes:(apps|batch)\//.test(type)) return undefined;
  const { metadata, spec = {} } = props as { metadata?: { name?: unknown }; spec?: pulumi.Input<object> };
  const part = PARTS.find(([name]) => name.test(String(metadata?.name)))?.[1];
  if (part === undefined) return undefined;
  return { props: { ...props, spec: pulumi.output(spec).apply((known) => withPod(known, part)) }, opts };
}

/** The spec of a workload or job, with the checkout in its pods. */
function withPod(spec: unknown, part: Part): unknown {
  const { template, jobTemplate } = spec as { template?: { spec: Pod }; jobTemplate?: { spec: unknown } };
  if (jobTemplate !== undefined)
    return { ...(spec as object), jobTemplate: { ...jobTemplate, spec: withPod(jobTemplate.spec, part) } };
  if (template === undefined) return spec;
  return { ...(spec as object), template: { ...template, spec: withSource(template.spec, part) } };
}

function withSource(pod: Pod, part: Part): Pod {
  const each = (containers: unknown): Container[] =>
    ((containers ?? []) as Container[]).map((container) => withCode(container, part));
  const volumes = (pod.volumes ?? []) as k8s.types.input.core.v1.Volume[];
  return {
    ...pod,
    containers: each(pod.containers),
    ...(pod.initContainers !== undefined && { initContainers: each(pod.initContainers) }),
    volumes: [...volumes, { name: NAME, persistentVolumeClaim: { claimName: NAME, readOnly: true } }],
  };
}

function withCode(container: Container, { paths, instead = {} }: Part): Container {
  const mounts = (container.volumeMounts ?? []) as k8s.types.input.core.v1.VolumeMount[];
  const env = (container.env ?? []) as k8s.types.input.core.v1.EnvVar[];
  const mount = { name: NAME, readOnly: true };
  return {
    ...container,
    env: [...env, { name: "PYTHONPATH", value: paths.map((path) => `${FOLDER}/${path}`).join(":") }],
    volumeMounts: [
      ...mounts,
      { ...mount, mountPath: FOLDER },
      ...Object.entries(instead).map(([mountPath, subPath]) => ({ ...mount, mountPath, subPath })),
    ],
  };
}
