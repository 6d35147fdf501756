import { type ApiClient, type KubernetesObject, resourcePath } from "../api";
import type { ImageStream } from "./image-streams";
import { imageTrigger } from "./names";
import { WorkQueue } from "./queue";
import { keyOf, Reflector } from "./reflector";

/** The annotation with which a workload asks for the newest image of a tag. */
const triggersAnnotation = "image.openshift.io/triggers";

/** The kinds whose triggers OpenShift looks at. */
const workloadKinds = [
  ["apps/v1", "deployments"],
  ["apps/v1", "statefulsets"],
  ["apps/v1", "daemonsets"],
  ["batch/v1", "cronjobs"],
] as const;

/** One entry of the annotation's JSON list. */
interface Trigger {
  readonly from: { readonly kind: string; readonly name: string; readonly namespace?: string };
  readonly fieldPath: string;
  readonly paused?: boolean | string;
}

/** A change of one image field, as JSON patch wants it. */
export interface ImageChange {
  readonly path: string;
  readonly image: string;
}

/** Sets the image of each workload that asks for it, as a field manager of its own and touching nothing else. */
export function triggerImages(
  api: ApiClient,
  streams: Reflector<ImageStream>,
): readonly Reflector<KubernetesObject>[] {
  return workloadKinds.map(([apiVersion, plural]) => {
    const workloads = new Reflector<KubernetesObject>(api, resourcePath(apiVersion, plural));
    const queue = new WorkQueue(plural, async (key) => {
      const workload = workloads.get(key);
      const changes = workload === undefined ? [] : imageChanges(workload, streams);
      if (workload === undefined || changes.length === 0) {
        return;
      }
      const { namespace, name, resourceVersion } = workload.metadata;
      await api.patch(resourcePath(apiVersion, plural, namespace, name), "json", imageTrigger, [
        { op: "test", path: "/metadata/resourceVersion", value: resourceVersion },
        ...changes.map(({ path, image }) => ({ op: "add", path, value: image })),
      ]);
    });
    workloads.onChange((key) => {
      queue.add(key);
    });
    streams.onChange(() => {
      for (const workload of workloads.all()) {
        if (workload.metadata.annotations?.[triggersAnnotation] !== undefined) {
          queue.add(keyOf(workload));
        }
      }
    });
    return workloads;
  });
}

/** The image fields of `workload` that its triggers want changed. */
export function imageChanges(
  workload: KubernetesObject,
  streams: Pick<Reflector<ImageStream>, "get">,
): readonly ImageChange[] {
  const { metadata } = workload;
  if (metadata.deletionTimestamp !== undefined) {
    return [];
  }
  return parseTriggers(metadata.annotations?.[triggersAnnotation]).flatMap(({ from, fieldPath, paused }) => {
    const [stream = "", tag] = from.name.split(":");
    const field = findImageField(workload, fieldPath);
    if (from.kind !== "ImageStreamTag" || String(paused) === "true" || field === undefined) {
      return [];
    }
    const history = streams
      .get(`${from.namespace ?? metadata.namespace ?? ""}/${stream}`)
      ?.status?.tags?.find((candidate) => candidate.tag === tag);
    const newest = history?.items[0]?.dockerImageReference;
    return newest === undefined || newest === field.image ? [] : [{ path: field.path, image: newest }];
  });
}

/**
 * Finds the field that a trigger's path means: `spec.template.spec.containers[?(@.name=="x")].image`, or with a
 * number in the brackets.
 */
export function findImageField(
  workload: object,
  fieldPath: string,
): { readonly path: string; readonly image: string | undefined } | undefined {
  const match = /^(?<above>[\w.]+)\.(?<list>containers|initContainers)\[(?<which>.+)\]\.image$/.exec(
    fieldPath,
  )?.groups;
  if (match === undefined) {
    return undefined;
  }
  const { above = "", list = "", which = "" } = match;
  const steps = [...above.split("."), list];
  const containers = steps.reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step],
    workload,
  );
  if (!Array.isArray(containers)) {
    return undefined;
  }
  const name = /^\?\(@\.name==(?:"([^"]*)"|'([^']*)')\)$/.exec(which);
  const named = containers as readonly { readonly name?: string; readonly image?: string }[];
  const index =
    name === null ? Number(which) : named.findIndex((container) => container.name === (name[1] ?? name[2]));
  const container = named[index];
  return container === undefined
    ? undefined
    : { path: `/${steps.join("/")}/${index}/image`, image: container.image };
}

function parseTriggers(annotation: string | undefined): readonly Trigger[] {
  try {
    return annotation === undefined ? [] : (JSON.parse(annotation) as Trigger[]);
  } catch {
    return [];
  }
}
