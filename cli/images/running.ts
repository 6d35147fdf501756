import { parseImage, type ImageUse } from "../../stacks/settings";
import type { Cluster } from "../cluster";
import { listOf, pathOf } from "./asking";

/** What some of a stack's pods run. */
export interface Running {
  /** As their containers name it. */
  readonly image: string;
  /** Absent while neither the name nor the node tells. */
  readonly digest?: string;
  readonly pods: number;
  /** Names of the components whose pods they are. */
  readonly workloads: readonly string[];
}

/** A pod, as far as it tells what it runs. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly { readonly name: string; readonly image: string }[] };
  readonly status?: {
    readonly phase?: string;
    readonly containerStatuses?: readonly { readonly name: string; readonly imageID?: string }[];
  };
}

/** The pods of a stack's instance that have not ended. */
export async function livePods(
  cluster: Cluster,
  namespace: string,
  instance: string,
): Promise<readonly Pod[]> {
  const pods = await listOf<Pod>(cluster, pathOf("v1", "pods", namespace), instance);
  return pods.filter(({ status }) => status?.phase !== "Succeeded" && status?.phase !== "Failed");
}

/** What the pods run of one image, most pods first; two while a new one is rolled out. */
export function runningOf(use: ImageUse, pods: readonly Pod[]): readonly Running[] {
  const found = new Map<
    string,
    { image: string; digest?: string; pods: Set<string>; workloads: Set<string> }
  >();
  for (const { metadata, spec, status } of pods) {
    for (const { name, image } of spec.containers.filter((one) => isOf(use, one.image))) {
      const id = status?.containerStatuses?.find((one) => one.name === name)?.imageID;
      // The name is what was asked for; the node may tell the digest of its own architecture.
      const digest = digestIn(image) ?? digestIn(id);
      const key = digest ?? image;
      const group = found.get(key) ?? {
        image,
        ...(digest !== undefined && { digest }),
        pods: new Set(),
        workloads: new Set(),
      };
      // Several containers of a pod may run it.
      group.pods.add(metadata.name);
      group.workloads.add(metadata.labels?.component ?? metadata.name);
      found.set(key, group);
    }
  }
  return [...found.values()]
    .map(({ pods, workloads, ...group }) => ({
      ...group,
      pods: pods.size,
      workloads: [...workloads].sort(),
    }))
    .sort((a, b) => b.pods - a.pods);
}

/** Whether a container that names this image runs that use: the same repository, or the stream's short name. */
export function isOf({ source, stream }: ImageUse, image: string): boolean {
  if (stream !== undefined && image === `${stream.name}:${stream.tag}`) return true;
  return repositoryOf(image) === repositoryOf(source);
}

/** The digest at the end of a reference or of what a node reports. */
export function digestIn(image: string | undefined): string | undefined {
  return /sha256:[0-9a-f]{64}$/.exec(image ?? "")?.[0];
}

function repositoryOf(reference: string): string | undefined {
  const image = parseImage(reference);
  return image && `${image.registry}/${image.repository}`;
}
