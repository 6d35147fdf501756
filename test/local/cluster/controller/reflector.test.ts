import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import type { KubernetesObject } from "../../../../local/cluster/api";
import { keyOf, Reflector } from "../../../../local/cluster/controller/reflector";

interface Event {
  readonly type: string;
  readonly object: KubernetesObject;
}

const named = (name: string, resourceVersion: string): KubernetesObject => ({
  metadata: { namespace: "packit-dev", name, resourceVersion },
});

/** A server that answers each list and each watch with the next script entry; an error is thrown. */
function script(
  lists: (readonly KubernetesObject[] | Error)[],
  watches: (readonly Event[] | Error)[],
): ConstructorParameters<typeof Reflector>[0] {
  const next = <T>(entries: (T | Error)[], otherwise: T): T => {
    const entry = entries.shift() ?? otherwise;
    if (entry instanceof Error) {
      throw entry;
    }
    return entry;
  };
  return {
    get: <T>() => Promise.resolve({ metadata: { resourceVersion: "1" }, items: next(lists, []) } as T),
    watch: async function* <T>() {
      await sleep(1);
      yield* next(watches, []) as unknown as T[];
    },
  };
}

describe("reflector", () => {
  async function follow(
    lists: (readonly KubernetesObject[] | Error)[],
    watches: (readonly Event[] | Error)[],
    rounds: number,
  ): Promise<{ changes: readonly string[]; reflector: Reflector<KubernetesObject> }> {
    const changes: string[] = [];
    const reflector = new Reflector<KubernetesObject>(script(lists, watches), "/api/v1/pods");
    reflector.onChange((key, now, before) => {
      const versions = [before, now].map((object) => object?.metadata.resourceVersion ?? "none");
      changes.push(`${key} ${versions.join(" to ")}`);
    });
    const stop = new AbortController();
    const running = reflector.run(stop.signal);
    // It waits 300 ms between one watch and the next.
    await sleep(rounds * 320 - 200);
    stop.abort();
    await running;
    return { changes, reflector };
  }

  it("tells of what is there, what comes, changes and goes", async () => {
    const { changes } = await follow(
      [[named("a", "1")]],
      [
        [
          { type: "ADDED", object: named("b", "2") },
          { type: "MODIFIED", object: named("a", "3") },
          { type: "BOOKMARK", object: named("", "4") },
          { type: "DELETED", object: named("b", "5") },
        ],
      ],
      1,
    );
    assert.deepEqual(changes, [
      "packit-dev/a none to 1",
      "packit-dev/b none to 2",
      "packit-dev/a 1 to 3",
      "packit-dev/b 2 to none",
    ]);
  });

  it("lists anew after the API server went away, and tells only of what changed meanwhile", async () => {
    const gone = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const { changes, reflector } = await follow(
      [[named("a", "1"), named("b", "1"), named("c", "1")], gone, [named("a", "1"), named("c", "2")]],
      [Object.assign(new Error("reset"), { code: "ECONNRESET" })],
      3,
    );
    assert.deepEqual(changes.slice(3), ["packit-dev/b 1 to none", "packit-dev/c 1 to 2"]);
    assert.deepEqual(reflector.all().map(keyOf), ["packit-dev/a", "packit-dev/c"]);
  });

  it("lists anew when the server says that its place in the history is too old", async () => {
    const { changes } = await follow(
      [[named("a", "1")], [named("a", "9")]],
      [[{ type: "ERROR", object: named("", "") }]],
      2,
    );
    assert.deepEqual(changes, ["packit-dev/a none to 1", "packit-dev/a 1 to 9"]);
  });
});
