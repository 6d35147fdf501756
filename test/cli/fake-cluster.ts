import type { Cluster, ClusterAnswer } from "../../cli/cluster";

/** One request to a made-up cluster. */
export interface Asked {
  readonly call: string;
  readonly body: unknown;
}

/** What a made-up cluster answers: to a request's method and path without its query. */
export type Answers = Readonly<Record<string, ClusterAnswer | readonly ClusterAnswer[] | undefined>>;

export const ok = (body: unknown): ClusterAnswer => ({ status: 200, body });

/** A cluster that takes whatever is made and takes down what it was asked; the last of several answers stays. */
export function fakeCluster(answers: Answers): {
  readonly cluster: Cluster;
  readonly asked: readonly Asked[];
} {
  const asked: Asked[] = [];
  const left = new Map(
    Object.entries(answers).map(([call, answer]) => [call, Array.isArray(answer) ? [...answer] : [answer]]),
  );
  const cluster: Cluster = {
    server: "https://cluster.example",
    ask: (method, path, body) => {
      const call = `${method} ${path.replace(/\?.*/, "")}`;
      asked.push({ call, body });
      const queue = (left.get(call) ?? []) as ClusterAnswer[];
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      const otherwise = method === "POST" ? { status: 201, body } : { status: 404, body: {} };
      return Promise.resolve(answer ?? otherwise);
    },
  };
  return { cluster, asked };
}

/** Bodies of what was made at a path. */
export function madeAt(asked: readonly Asked[], path: string): readonly unknown[] {
  return asked.flatMap(({ call, body }) => (call === `POST ${path}` ? [body] : []));
}
