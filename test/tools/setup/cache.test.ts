import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { cached, cacheFolder } from "../../../tools/setup/cache";

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

  it("lies where PACKIT_CACHE says, else in the user's cache folder", () => {
    assert.equal(cacheFolder({ PACKIT_CACHE: "/c" }), "/c");
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/x" }), "/x/packit-stacks");
    assert.match(cacheFolder({}), /\/\.cache\/packit-stacks$/);
  });
});
