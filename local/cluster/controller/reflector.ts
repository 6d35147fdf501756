import { setTimeout as sleep } from "node:timers/promises";

import { type ApiClient, ApiError, type KubernetesObject } from "../api";

/** How long to wait before looking again after the API server went away, in milliseconds. */
const retryMs = 300;

/** An object's key: `namespace/name`, or `name` for one without a namespace. */
export function keyOf({ metadata: { namespace, name } }: KubernetesObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Told of a change: the object as it is (absent when it is gone) and as it was (absent when it is new). */
export type ChangeListener<T> = (key: string, now: T | undefined, before: T | undefined) => void;

interface WatchEvent<T> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: T;
}

interface ListAnswer<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[];
}

/** Keeps a copy of all objects of a kind up to date, through restarts of the API server. */
export class Reflector<T extends KubernetesObject> {
  readonly #objects = new Map<string, T>();
  readonly #listeners: ChangeListener<T>[] = [];

  constructor(
    private readonly api: Pick<ApiClient, "get" | "watch">,
    /** Path of the collection over all namespaces. */
    readonly path: string,
  ) {}

  onChange(listener: ChangeListener<T>): void {
    this.#listeners.push(listener);
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  all(): readonly T[] {
    return [...this.#objects.values()];
  }

  /** Lists and watches until `signal` says stop. A kind that is not there yet is asked for again and again. */
  async run(signal: AbortSignal): Promise<void> {
    const stopped = (): boolean => signal.aborted;
    while (!stopped()) {
      try {
        await this.#follow(await this.#list(), signal);
      } catch (error) {
        if (!stopped() && !isExpected(error)) {
          console.error(`${this.path}: ${String(error)}`);
        }
      }
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #list(): Promise<string> {
    const { items, metadata } = await this.api.get<ListAnswer<T>>(this.path);
    const seen = new Set(items.map(keyOf));
    for (const [key, object] of this.#objects) {
      if (!seen.has(key)) {
        this.#forget(key, object);
      }
    }
    for (const object of items) {
      this.#store(object);
    }
    return metadata.resourceVersion;
  }

  async #follow(resourceVersion: string, signal: AbortSignal): Promise<void> {
    const query = `?watch=true&allowWatchBookmarks=true&resourceVersion=${resourceVersion}`;
    for await (const { type, object } of this.api.watch<WatchEvent<T>>(this.path + query, signal)) {
      if (type === "ERROR") {
        return;
      }
      if (type === "DELETED") {
        this.#forget(keyOf(object), object);
      } else if (type !== "BOOKMARK") {
        this.#store(object);
      }
    }
  }

  #store(object: T): void {
    const key = keyOf(object);
    const before = this.#objects.get(key);
    if (before?.metadata.resourceVersion !== object.metadata.resourceVersion) {
      this.#objects.set(key, object);
      this.#tell(key, object, before);
    }
  }

  #forget(key: string, last: T): void {
    const before = this.#objects.get(key) ?? last;
    this.#objects.delete(key);
    this.#tell(key, undefined, before);
  }

  #tell(key: string, now: T | undefined, before: T | undefined): void {
    for (const listener of this.#listeners) {
      listener(key, now, before);
    }
  }
}

/** The API server is away for a moment, or the kind's definition is not there yet. */
function isExpected(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (
    (error instanceof ApiError && (error.status === 404 || error.status >= 500 || error.status === 429)) ||
    (code !== undefined &&
      ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(code))
  );
}
