import * as z from "zod";

import type { Cluster } from "../../cluster";
import { podAmount } from "../../pod-amounts";

/** What the pods of an instance are promised: processors in cores, memory in bytes. */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
}

const amounts = z.object({ cpu: z.string().optional(), memory: z.string().optional() }).optional();

const container = z.object({
  resources: z.object({ requests: amounts, limits: amounts }).optional(),
  restartPolicy: z.string().optional(),
});

const pods = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ namespace: z.string() }),
      spec: z.object({
        containers: z.array(container),
        initContainers: z.array(container).optional(),
      }),
      status: z.object({ phase: z.string().optional() }).default({}),
    }),
  ),
});

/** Pods of this project that take room, or will. */
const TAKING_ROOM = ["Running", "Pending"];
const OURS = "labelSelector=app.kubernetes.io%2Fpart-of%3Dpackit";

/** How long a cluster may take to list all pods, in milliseconds. */
const PATIENCE_MS = 20_000;

/**
 * What the pods of namespaces are promised, in one request; where a cluster lets one look at single namespaces only,
 * in one for each. Pods that the application makes by itself in the sandbox are not counted.
 *
 * @returns Nothing for a namespace that one may not look at, or when the cluster does not answer.
 */
export async function requestsIn(
  cluster: Cluster,
  namespaces: readonly string[],
): Promise<ReadonlyMap<string, Requests>> {
  const all = await podsOf(cluster, "/api/v1/pods");
  if (all !== "forbidden") return new Map(namespaces.flatMap((name) => summed(name, all)));
  const each = namespaces.map(async (name) =>
    summed(name, await podsOf(cluster, `/api/v1/namespaces/${encodeURIComponent(name)}/pods`)),
  );
  return new Map((await Promise.all(each)).flat());
}

type Pods = z.infer<typeof pods>["items"];

async function podsOf(cluster: Cluster, path: string): Promise<Pods | "forbidden" | undefined> {
  const answer = await cluster.ask("GET", `${path}?${OURS}`, undefined, PATIENCE_MS).catch(() => undefined);
  if (answer?.status === 403) return "forbidden";
  return answer?.status === 200 ? pods.safeParse(answer.body).data?.items : undefined;
}

function summed(namespace: string, found: Pods | "forbidden" | undefined): [string, Requests][] {
  if (found === undefined || found === "forbidden") return [];
  const mine = found.filter(
    ({ metadata, status }) =>
      metadata.namespace === namespace && TAKING_ROOM.includes(status.phase ?? "Pending"),
  );
  const sum = (resource: "cpu" | "memory"): number =>
    mine.reduce((total, { spec }) => total + podAmount(spec, "requests", resource, amount), 0);
  const sums = { cpu: sum("cpu"), memory: sum("memory") };
  return Number.isNaN(sums.cpu + sums.memory) ? [] : [[namespace, sums]];
}

const POWERS = ["", "k", "M", "G", "T", "P", "E"];
const PARTS: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3 };

/** The number behind any quantity that an API server gives; NaN for what is none. */
export function amount(text: string): number {
  const [, number = "", suffix = ""] =
    /^([+-]?[0-9.]+)((?:[eE][+-]?[0-9]+)|[numkMGTPE]|[KMGTPE]i)?$/.exec(text) ?? [];
  if (number === "") return NaN;
  if (/^[eE][^i]/.test(suffix)) return Number(number + suffix);
  const power = POWERS.indexOf(suffix.replace(/i$/, "").replace("K", "k"));
  const factor = PARTS[suffix] ?? (suffix.endsWith("i") ? 1024 : 1000) ** power;
  return Number(number) * factor;
}
