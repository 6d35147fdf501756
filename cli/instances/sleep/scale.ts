import * as z from "zod";

import type { Cluster } from "../../cluster";

/** Annotation of a sleeping workload: how many pods it has when awake. */
const REPLICAS_ANNOTATION = "packit.dev/awake-replicas";

/** Annotation of a CronJob that only stands still because its instance sleeps. */
const SUSPENDED_ANNOTATION = "packit.dev/awake-suspend";

const item = z.object({
  metadata: z.object({ name: z.string(), annotations: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({ replicas: z.number().optional(), suspend: z.boolean().optional() }),
});

type Item = z.infer<typeof item>;

/** What to write into an object; undefined: nothing, it is as it should be. */
type Change = (item: Item) => object | undefined;

/**
 * Takes away every pod of a namespace and all that makes new ones, and keeps its data. Each object remembers how it
 * was, in the same write, so that this may be interrupted anywhere and done again.
 */
export async function scaleToZero(cluster: Cluster, namespace: string): Promise<void> {
  // What starts work first, so that nothing new comes while the rest ends.
  await changeAll(cluster, "batch", namespace, "cronjobs", ({ spec }) =>
    spec.suspend === true ? undefined : change({ [SUSPENDED_ANNOTATION]: "false" }, { suspend: true }),
  );
  const toZero: Change = ({ spec: { replicas = 1 } }) =>
    replicas === 0 ? undefined : change({ [REPLICAS_ANNOTATION]: String(replicas) }, { replicas: 0 });
  await changeAll(cluster, "apps", namespace, "deployments", toZero);
  await changeAll(cluster, "apps", namespace, "statefulsets", toZero);
}

/** Gives a namespace back what {@link scaleToZero} has taken. What was at zero before stays there. */
export async function scaleBack(cluster: Cluster, namespace: string): Promise<void> {
  const back: Change = ({ metadata: { annotations } }) => {
    const replicas = Number(annotations[REPLICAS_ANNOTATION]);
    if (!Number.isInteger(replicas) || replicas < 1) return undefined;
    return change({ [REPLICAS_ANNOTATION]: null }, { replicas });
  };
  // Databases and brokers, which the others ask for, are among the StatefulSets and come first.
  await changeAll(cluster, "apps", namespace, "statefulsets", back);
  await changeAll(cluster, "apps", namespace, "deployments", back);
  await changeAll(cluster, "batch", namespace, "cronjobs", ({ metadata: { annotations } }) =>
    annotations[SUSPENDED_ANNOTATION] === undefined
      ? undefined
      : change({ [SUSPENDED_ANNOTATION]: null }, { suspend: false }),
  );
}

function change(annotations: Readonly<Record<string, string | null>>, spec: object): object {
  return { metadata: { annotations }, spec };
}

async function changeAll(
  cluster: Cluster,
  group: "apps" | "batch",
  namespace: string,
  kind: string,
  changeOf: Change,
): Promise<void> {
  const path = `/apis/${group}/v1/namespaces/${namespace}/${kind}`;
  const { status, body } = await cluster.ask("GET", path);
  if (status !== 200) throw new Error(`the ${kind} of ${namespace} cannot be looked at (HTTP ${status})`);
  const { items } = z.object({ items: z.array(item) }).parse(body);
  await Promise.all(
    items.map(async (one) => {
      const patch = changeOf(one);
      if (patch === undefined) return;
      const { name } = one.metadata;
      const answer = await cluster.ask("PATCH", `${path}/${name}`, patch);
      if (answer.status !== 200)
        throw new Error(`${kind}/${name} of ${namespace} cannot be scaled (HTTP ${answer.status})`);
    }),
  );
}
