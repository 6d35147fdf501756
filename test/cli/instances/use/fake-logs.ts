import assert from "node:assert/strict";

import type { Cluster, ClusterAnswer, Method } from "../../../../cli/cluster";

/** A line of a log, and when it was written, in milliseconds since 1970. */
export type Line = readonly [time: number, text: string];

/** One life of a container. */
export interface Life {
  readonly startedAt: number;
  readonly finishedAt?: number;
  /** What is left of its log. */
  readonly lines: readonly Line[];
}

export interface FakePod {
  readonly component: string;
  readonly createdAt: number;
  readonly phase?: string;
  /** The last one first, as many as the cluster knows. */
  readonly lives: readonly Life[];
  /** @default as many as the lives tell */
  readonly restarts?: number;
  /** The last life has ended, and the next one waits to begin. */
  readonly waits?: boolean;
  /** A status that its log is refused with. */
  readonly refused?: number;
}

/** A cluster with pods in one namespace, whose logs it tells as a kubelet does. */
export class FakeLogs implements Cluster {
  readonly server = "https://cluster.example";
  /** What was asked, as paths without queries. */
  readonly asked: string[] = [];

  constructor(
    private readonly namespace: string,
    private readonly pods: Readonly<Record<string, FakePod>>,
  ) {}

  ask(method: Method, path: string): Promise<ClusterAnswer> {
    assert.equal(method, "GET");
    const { pathname, searchParams } = new URL(path, this.server);
    this.asked.push(pathname);
    const prefix = `/api/v1/namespaces/${this.namespace}/pods`;
    if (pathname === prefix)
      return Promise.resolve({ status: 200, body: { items: this.#list(searchParams) } });
    const [, name = ""] = /^\/([^/]+)\/log$/.exec(pathname.slice(prefix.length)) ?? [];
    return Promise.resolve(this.#log(this.pods[name], searchParams));
  }

  #list(query: URLSearchParams): readonly unknown[] {
    const [, wanted = ""] = /^component in \((.*)\)$/.exec(query.get("labelSelector") ?? "") ?? [];
    return Object.entries(this.pods)
      .filter(([, { component }]) => wanted.split(",").includes(component))
      .map(([name, pod]) => ({
        metadata: { name, labels: { component: pod.component }, creationTimestamp: utc(pod.createdAt) },
        spec: { containers: [{ name: pod.component }, { name: "fluentd-sidecar" }] },
        status: { phase: pod.phase ?? "Running", containerStatuses: statuses(pod) },
      }));
  }

  #log(pod: FakePod | undefined, query: URLSearchParams): ClusterAnswer {
    if (pod === undefined) return { status: 404, body: {} };
    if (pod.refused !== undefined) return { status: pod.refused, body: { message: "you may not" } };
    assert.deepEqual([query.get("container"), query.get("timestamps")], [pod.component, "true"]);
    const back = query.get("previous") === "true" && pod.waits !== true ? 1 : 0;
    const life = pod.lives[back];
    if (life === undefined) return { status: 400, body: { message: "there is none" } };
    const since = query.get("sinceTime");
    const from = since === null ? -Infinity : Date.parse(since);
    const told = life.lines.filter(([time]) => time >= from);
    // Nanoseconds, as the container runtime writes them.
    const text = told.map(
      ([time, line]) => `${new Date(time).toISOString().replace("Z", "000042Z")} ${line}\n`,
    );
    const limit = Number(query.get("limitBytes") ?? Infinity);
    return { status: 200, body: Buffer.from(text.join("")).subarray(0, limit).toString() };
  }
}

function statuses({ component, lives, restarts, waits }: FakePod): readonly unknown[] {
  const [last, before] = lives.map(({ startedAt, finishedAt }) => ({
    startedAt: utc(startedAt),
    ...(finishedAt !== undefined && { finishedAt: utc(finishedAt) }),
  }));
  const more = Math.max(0, lives.length - 1);
  const now = waits === true ? { waiting: { reason: "CrashLoopBackOff" } } : { running: last };
  const ended = waits === true ? last : before;
  return [
    { name: "fluentd-sidecar", restartCount: 99, state: {}, lastState: {} },
    {
      name: component,
      restartCount: restarts ?? more,
      state: lives.length === 0 ? { waiting: { reason: "ContainerCreating" } } : now,
      lastState: ended === undefined ? {} : { terminated: ended },
    },
  ];
}

function utc(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
