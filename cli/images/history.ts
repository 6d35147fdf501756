import type { ImageUse } from "../../stacks/settings";
import type { Cluster } from "../cluster";
import { listOf, pathOf } from "./asking";
import { digestIn, isOf } from "./running";

/** What a workload ran of one image, as its containers named it. */
export interface WorkloadHistory {
  readonly workload: string;
  readonly present: string;
  /** By when it first ran, newest first. */
  readonly images: readonly string[];
}

/** A ReplicaSet or ControllerRevision: a workload's template as it once was. */
interface Revision {
  readonly metadata: {
    readonly creationTimestamp?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  /** Of a ControllerRevision. */
  readonly revision?: number;
  readonly data?: { readonly spec?: { readonly template?: Template } };
  /** Of a ReplicaSet. */
  readonly spec?: { readonly template?: Template };
}

interface Template {
  readonly spec?: { readonly containers?: readonly { readonly image?: string }[] };
}

/** What is known of an instance's workloads: the ReplicaSets of Deployments and the revisions of StatefulSets. */
export async function revisionsOf(
  cluster: Cluster,
  namespace: string,
  instance: string,
): Promise<readonly Revision[]> {
  const [sets, revisions] = await Promise.all([
    listOf<Revision>(cluster, pathOf("apps/v1", "replicasets", namespace), instance),
    listOf<Revision>(cluster, pathOf("apps/v1", "controllerrevisions", namespace), instance),
  ]);
  return [...sets, ...revisions];
}

/** What each workload that runs an image ran of it. */
export function historiesOf(use: ImageUse, revisions: readonly Revision[]): readonly WorkloadHistory[] {
  const workloads = new Map<string, { made: string; number: number; image: string }[]>();
  for (const revision of revisions) {
    const { creationTimestamp: made = "", ownerReferences } = revision.metadata;
    const owner = ownerReferences?.[0]?.name;
    const template = revision.spec?.template ?? revision.data?.spec?.template;
    const image = template?.spec?.containers?.find((one) => isOf(use, one.image ?? ""))?.image;
    if (owner === undefined || image === undefined) continue;
    const seen = workloads.get(owner) ?? [];
    workloads.set(owner, [...seen, { made, number: numberOf(revision), image }]);
  }
  return [...workloads].map(([workload, seen]) => {
    // A workload that goes back takes the old revision up again, under a new number.
    const [{ image: present } = { image: "" }] = [...seen].sort((a, b) => b.number - a.number);
    const byAge = [...seen].sort((a, b) => b.made.localeCompare(a.made) || b.number - a.number);
    return { workload, present, images: byAge.map(({ image }) => image) };
  });
}

/** What the Deployment's or StatefulSet's controller counts. */
function numberOf({ revision, metadata }: Revision): number {
  return revision ?? Number(metadata.annotations?.["deployment.kubernetes.io/revision"] ?? 0);
}

/**
 * What ran before the present one first did; undefined when nothing is known from before. So two rollbacks in a row
 * go two steps back, and not to and fro.
 *
 * @param history - Newest first.
 */
export function before(history: readonly string[], present: string): string | undefined {
  return history[history.lastIndexOf(present) + 1];
}

/**
 * The digest that all workloads of an image ran before.
 * @throws Error when there is none, or they ran different ones.
 */
export function digestBefore(use: ImageUse, histories: readonly WorkloadHistory[]): string {
  const found = histories.flatMap(({ workload, present, images }) => {
    const image = before(images, present);
    return image === undefined ? [] : [{ workload, image }];
  });
  const [first, ...others] = found;
  if (first === undefined) throw new Error(`nothing is known of what ${use.use} ran before`);
  const tagged = found.find(({ image }) => digestIn(image) === undefined);
  if (tagged !== undefined) {
    throw new Error(
      `${tagged.workload} ran ${tagged.image} before, whose tag may mean something else by now: ` +
        `name the digest: images pin STACK ${use.use}=sha256:…`,
    );
  }
  if (others.some(({ image }) => image !== first.image)) {
    const seen = found.map(({ workload, image }) => `${workload} ${digestIn(image) ?? image}`).join(", ");
    throw new Error(
      `the workloads of ${use.use} ran different images before (${seen}): name one: images pin STACK ${use.use}=sha256:…`,
    );
  }
  return digestIn(first.image) ?? first.image;
}
