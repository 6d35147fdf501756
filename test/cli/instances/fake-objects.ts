import type { Cluster, ClusterAnswer, Method } from "../../../cli/cluster";

/** An object of a made-up cluster, as far as tests look at it. */
export interface FakeObject {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** A cluster in memory: lists by label, merges what is patched, and refuses what it is told to. */
export class FakeObjects implements Cluster {
  readonly server = "https://cluster.example";
  /** Every write, as method and path. */
  readonly written: string[] = [];
  /** Statuses of requests that are refused, by method and path without query. */
  readonly refused = new Map<string, number>();
  readonly #objects = new Map<string, FakeObject>();

  /** @param now - Its clock, in milliseconds since 1970. */
  constructor(private readonly now = Date.UTC(2026, 10, 22, 12)) {}

  /** Puts an object into a collection, such as `/api/v1/namespaces`. */
  put(collection: string, object: FakeObject): void {
    this.#objects.set(`${collection}/${object.metadata.name}`, object);
  }

  get(collection: string, name: string): FakeObject | undefined {
    return this.#objects.get(`${collection}/${name}`);
  }

  ask(method: Method, path: string, body?: unknown): Promise<ClusterAnswer> {
    return Promise.resolve({ ...this.#answer(method, path, body), date: this.now });
  }

  #answer(method: Method, path: string, body: unknown): ClusterAnswer {
    const { pathname, searchParams } = new URL(path, this.server);
    const refused = this.refused.get(`${method} ${pathname}`);
    if (refused !== undefined) return { status: refused, body: {} };
    const there = this.#objects.get(pathname);
    if (method === "GET") {
      if (there !== undefined) return { status: 200, body: there };
      return { status: 200, body: { items: this.#list(pathname, searchParams.get("labelSelector") ?? "") } };
    }
    this.written.push(`${method} ${pathname}`);
    if (method !== "PATCH" || there === undefined) return { status: 404, body: {} };
    const merged = merge(there, body) as FakeObject;
    this.#objects.set(pathname, merged);
    return { status: 200, body: merged };
  }

  #list(collection: string, selector: string): readonly FakeObject[] {
    const wanted = selector === "" ? [] : selector.split(",").map((term) => term.split("="));
    return [...this.#objects]
      .filter(([path]) => path.slice(0, path.lastIndexOf("/")) === collection)
      .map(([, object]) => object)
      .filter(({ metadata: { labels = {} } }) =>
        wanted.every(([key = "", value]) => (value === undefined ? key in labels : labels[key] === value)),
      );
  }
}

/** RFC 7386. */
function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const merged = new Map(Object.entries((target as object | undefined) ?? {}) as [string, unknown][]);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, merge(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}
