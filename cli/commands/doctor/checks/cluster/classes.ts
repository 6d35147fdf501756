import type { Cluster } from "../../../../cluster";
import type { PlannedObject } from "../../../../planned";
import { failed, type Finding, ok, skipped } from "../../check";
import type { ClusterFacts } from "./index";

const STORAGE = "/apis/storage.k8s.io/v1/storageclasses";
const PRIORITY = "/apis/scheduling.k8s.io/v1/priorityclasses";
const IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";

/** Whether the classes are there that claims and pods name, and a default one for claims that name none. */
export async function classes({ cluster, objects }: ClusterFacts): Promise<Finding> {
  const api = await cluster();
  const planned = await objects();
  const problems = [
    ...(await storageProblems(api, storageClasses(planned))),
    ...(await priorityProblems(api, priorityClasses(planned))),
  ];
  const missing = problems.filter((problem) => problem !== UNSEEN);
  if (missing.length > 0) {
    return failed(
      missing.join("\n"),
      "choose another with packit:storageClass or packit:priorityClass, or have it made",
    );
  }
  return problems.length > 0
    ? skipped("you may not look at classes")
    : ok("StorageClass and PriorityClass are there");
}

/** Not everybody may look at what is outside namespaces. */
const UNSEEN = "unseen";

async function storageProblems(api: Cluster, wanted: ReadonlySet<string | undefined>): Promise<string[]> {
  const { status, body } = await api.ask("GET", STORAGE);
  if (status === 403) return [UNSEEN];
  const { items } = body as { items: { metadata: { name: string; annotations?: Record<string, string> } }[] };
  const names = items.map(({ metadata }) => metadata.name);
  const hasDefault = items.some(({ metadata }) => metadata.annotations?.[IS_DEFAULT] === "true");
  return [...wanted].flatMap((name) => {
    if (name === undefined)
      return hasDefault ? [] : ["the cluster has no default StorageClass, and the settings name none"];
    return names.includes(name)
      ? []
      : [`there is no StorageClass ${name}; there are ${names.join(", ") || "none"}`];
  });
}

async function priorityProblems(api: Cluster, wanted: ReadonlySet<string>): Promise<string[]> {
  const answers = await Promise.all(
    [...wanted].map(async (name) => ({ name, status: (await api.ask("GET", `${PRIORITY}/${name}`)).status })),
  );
  return answers.flatMap(({ name, status }) => {
    if (status === 403) return [UNSEEN];
    return status === 200 ? [] : [`there is no PriorityClass ${name}`];
  });
}

function storageClasses(planned: readonly PlannedObject[]): Set<string | undefined> {
  const claims = planned.filter(({ kind }) => kind === "PersistentVolumeClaim");
  return new Set(claims.map(({ body }) => (body.spec as { storageClassName?: string }).storageClassName));
}

function priorityClasses(planned: readonly PlannedObject[]): Set<string> {
  const pods = planned.flatMap(({ body }) => {
    const template = (body.spec as { template?: { spec?: { priorityClassName?: string } } } | undefined)
      ?.template;
    return template?.spec?.priorityClassName ?? [];
  });
  return new Set(pods);
}
