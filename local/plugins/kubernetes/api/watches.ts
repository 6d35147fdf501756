import { setTimeout as sleep } from "node:timers/promises";
import type { Plain, PlainProperties } from "../../frame/values";
import { type KubeObject, listAt, mapAt, numberAt, textAt } from "../object";
import { ApiError } from "./api-error";
import type { Kind } from "./discovery";
import type { Objects } from "./objects";

/** Pause before a watch is opened again, and before an object that was not seen is asked for, in milliseconds. */
const pause = 500;

/** Told of an object's newest state, or of its end by undefined. */
export type Listener = (object: KubeObject | undefined) => void;

/** Watches kinds in namespaces: one watch for all that wait there, open while anybody waits. */
export class Watches {
  private readonly open = new Map<string, Watch>();

  constructor(private readonly objects: Objects) {}

  /** Tells `listener` of the object with `uid` at once and whenever it changes; the answer ends that. */
  follow(kind: Kind, namespace: string, uid: string, listener: Listener): () => void {
    const key = `${kind.apiVersion}/${kind.plural}/${namespace}`;
    const open = this.open.get(key);
    const watch = open ?? new Watch(this.objects, kind, namespace);
    this.open.set(key, watch);
    watch.add(uid, listener);
    // Not before somebody waits: the first list tells those who wait by then of objects that are gone.
    if (open === undefined) void watch.run();
    return () => {
      watch.remove(uid, listener);
      if (watch.idle) {
        this.open.delete(key);
        watch.close();
      }
    };
  }
}

class Watch {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly seen = new Map<string, KubeObject>();
  private readonly ending = new AbortController();
  private listed = false;

  constructor(
    private readonly objects: Objects,
    private readonly kind: Kind,
    private readonly namespace: string,
  ) {}

  get idle(): boolean {
    return this.listeners.size === 0;
  }

  add(uid: string, listener: Listener): void {
    const others = this.listeners.get(uid) ?? new Set();
    this.listeners.set(uid, others.add(listener));
    const known = this.seen.get(uid);
    if (known !== undefined) listener(known);
    else if (this.listed) this.askLater(uid);
  }

  remove(uid: string, listener: Listener): void {
    const others = this.listeners.get(uid);
    others?.delete(listener);
    if (others?.size === 0) this.listeners.delete(uid);
  }

  close(): void {
    this.ending.abort();
  }

  /** Lists and watches until it is closed. */
  async run(): Promise<void> {
    const { signal } = this.ending;
    let version = "";
    while (!signal.aborted) {
      try {
        if (version === "") version = await this.list();
        for await (const event of lines(
          await this.objects.watch(this.kind, this.namespace, version, signal),
        )) {
          const type = textAt(event, "type");
          const object = mapAt(event, "object");
          if (type === "ERROR") throw new ApiError(numberAt(object, "code"), object, "the watch broke");
          version = textAt(object, "metadata", "resourceVersion") || version;
          if (type !== "BOOKMARK") this.tell(object, type === "DELETED");
        }
      } catch (error) {
        // 410: what happened since is no longer known, so start from a list again.
        if (error instanceof ApiError) version = "";
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Of an object that is younger than the list, an event is on the way, unless it was deleted again meanwhile. */
  private askLater(uid: string): void {
    setTimeout(() => {
      if (this.listeners.has(uid) && !this.seen.has(uid)) void this.list().catch(() => undefined);
    }, pause).unref();
  }

  /** Tells of all objects as they are now; those that are gone are told of as ended. */
  private async list(): Promise<string> {
    // One who comes while the list is on its way may wait for an object that is younger than the list.
    const waiting = new Set(this.listeners.keys());
    const list = await this.objects.list(this.kind, this.namespace);
    this.listed = true;
    const present = new Set<string>();
    for (const item of listAt(list, "items")) {
      present.add(textAt(item, "metadata", "uid"));
      this.tell({ apiVersion: this.kind.apiVersion, kind: this.kind.kind, ...mapAt(item) }, false);
    }
    for (const uid of [...this.listeners.keys()].filter((one) => !present.has(one))) {
      if (waiting.has(uid)) this.end(uid);
      else this.askLater(uid);
    }
    return textAt(list, "metadata", "resourceVersion");
  }

  private tell(object: KubeObject, ended: boolean): void {
    const uid = textAt(object, "metadata", "uid");
    if (ended) {
      this.end(uid);
      return;
    }
    this.seen.set(uid, object);
    for (const listener of this.listeners.get(uid) ?? []) listener(object);
  }

  private end(uid: string): void {
    this.seen.delete(uid);
    for (const listener of this.listeners.get(uid) ?? []) listener(undefined);
  }
}

async function* lines(stream: AsyncIterable<Buffer>): AsyncGenerator<PlainProperties> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      if (part !== "") yield mapAt(JSON.parse(part) as Plain);
    }
  }
}
