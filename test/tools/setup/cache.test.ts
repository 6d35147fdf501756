import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { cached, cacheFolder, prune, usedFolders } from "../../../tools/setup/cache";

describe("tool cache", () => {
  let cache = "";
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "cache-"));
  });
  afterEach(() => {
    rmSync(cache, { recursive: true });
  });

  const make = (draft: string): Promise<void> => {
    writeFileSync(join(draft, "tool"), "made");
    return Promise.resolve();
  };

  it("makes a folder once", async () => {
    const folder = join(cache, "engine", "1");
    let made = 0;
    const count = (draft: string): Promise<void> => {
      made += 1;
      return make(draft);
    };
    assert.equal(await cached(folder, count), folder);
    assert.equal(await cached(folder, count), folder);
    assert.equal(made, 1);
    assert.ok(existsSync(join(folder, "tool")));
  });

  it("leaves nothing behind that looks finished when the making fails", async () => {
    const folder = join(cache, "engine", "1");
    await assert.rejects(
      cached(folder, (draft) => make(draft).then(() => Promise.reject(new Error("no room")))),
      /no room/,
    );
    assert.deepEqual(readdirSync(join(cache, "engine")), []);
  });

  it("takes what another clone has made meanwhile", async () => {
    const folder = join(cache, "engine", "1");
    await cached(folder, async (draft) => {
      await make(draft);
      await cached(folder, make);
    });
    assert.deepEqual(readdirSync(join(cache, "engine")), ["1"]);
  });

  it("clears away what killed builds have left, but not what is being built", async () => {
    mkdirSync(join(cache, "engine", ".draft-4194999-x"), { recursive: true });
    mkdirSync(join(cache, "engine", `.draft-${process.pid}-y`));
    await cached(join(cache, "engine", "1"), make);
    assert.deepEqual(readdirSync(join(cache, "engine")).sort(), [`.draft-${process.pid}-y`, "1"]);
  });

  describe("what no clone uses", () => {
    const day = 24 * 60 * 60 * 1000;

    async function lastUsed(path: string, days: number): Promise<string> {
      const folder = await cached(join(cache, path), make);
      const then = new Date(Date.now() - days * day);
      utimesSync(folder, then, then);
      return folder;
    }

    it("is removed after two months, and nothing else", async () => {
      const old = await lastUsed("engine/1", 61);
      const recent = await lastUsed("engine/2", 59);
      const other = await lastUsed("kubernetes/1", 0);
      writeFileSync(join(cache, "lock"), "");
      assert.deepEqual(prune(cache), [old]);
      assert.deepEqual([old, recent, other].map(existsSync), [false, true, true]);
      assert.ok(existsSync(join(cache, "lock")));
    });

    it("counts from its last use, which is on record", async () => {
      const folder = await lastUsed("engine/3", 61);
      await cached(folder, make);
      assert.deepEqual(prune(cache), []);
      assert.ok(usedFolders().includes(folder));
    });
  });

  it("lies where PACKIT_CACHE says, else in the user's cache folder", () => {
    assert.equal(cacheFolder({ PACKIT_CACHE: "/c" }), "/c");
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/x" }), "/x/packit-stacks");
    assert.match(cacheFolder({}), /\/\.cache\/packit-stacks$/);
  });
});
