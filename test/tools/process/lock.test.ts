import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { identify } from "../../../tools/process/identity";
import { LockTimeout, withLock } from "../../../tools/process/lock";

describe("lock", () => {
  let folder = "";
  let path = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
    path = join(folder, "lock");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("lets one at a time work", async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(5);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLock(path, work)));
    assert.equal(most, 1);
    assert.equal(existsSync(path), false);
  });

  it("is free again after a failure", async () => {
    await assert.rejects(
      withLock(path, () => Promise.reject(new Error("broken"))),
      /broken/,
    );
    assert.equal(await withLock(path, () => Promise.resolve(1)), 1);
  });

  it("takes over the lock of a process that has died", async () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: "before this process" }));
    const takers = [1, 2, 3].map((value) => withLock(path, () => Promise.resolve(value)));
    assert.deepEqual(await Promise.all(takers), [1, 2, 3]);
  });

  it("takes over an old lock without a holder, but not one that was just made", async () => {
    writeFileSync(path, "");
    await assert.rejects(
      withLock(path, () => Promise.resolve(), { waitMs: 60 }),
      LockTimeout,
    );
    utimesSync(path, 1, 1);
    await withLock(path, () => Promise.resolve(), { waitMs: 60 });
  });

  it("names the process that holds it when it waits in vain", async () => {
    writeFileSync(path, JSON.stringify(identify(process.pid)));
    const waited: unknown[] = [];
    await assert.rejects(
      withLock(path, () => Promise.resolve(), { waitMs: 60, onWait: (holder) => waited.push(holder?.pid) }),
      new RegExp(`process ${process.pid}.*wait for it to end`),
    );
    assert.deepEqual(waited, [process.pid]);
  });
});
