import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { lockCheck } from "../../../cli/commands/doctor/checks/lock";
import type { Lock } from "../../../cli/lock-files";
import { locksOf, parseLocks } from "../../../cli/locks";
import { findingOf } from "./support";

const NOW = Date.parse("2026-01-02T12:00:00Z");
const HOUR = 3_600_000;

function check(locks: readonly Lock[] | undefined, isAlive = false) {
  const facts = { stack: "stg", locks: () => Promise.resolve(locks), isAlive: () => isAlive, now: NOW };
  return findingOf([lockCheck(facts)], "lock");
}

describe("what packit-stacks doctor finds of a lock", () => {
  const foreign: Lock = { user: "ada", host: "elsewhere", pid: 7, since: NOW - HOUR };

  it("is nothing without a lock, and without a stack", async () => {
    assert.equal((await check([])).verdict, "ok");
    assert.equal((await check(undefined)).verdict, "skipped");
  });

  it("is whose it is and since when; another machine's young one may be at work", async () => {
    const finding = await check([foreign]);
    assert.equal(finding.verdict, "warning");
    assert.equal(finding.says, "ada on elsewhere (process 7) holds it since 60 min");
    assert.match(finding.fix ?? "", /wait.*ada.*pulumi cancel -s stg/);
  });

  it("is stale after longer than any deployment takes", async () => {
    const finding = await check([{ ...foreign, since: NOW - 30 * HOUR }]);
    assert.equal(finding.verdict, "failed");
    assert.match(finding.says, /since 30 h/);
  });

  it("is stale at once when its process was on this machine and is gone", async () => {
    const own = { ...foreign, host: hostname() };
    assert.equal((await check([own], false)).verdict, "failed");
    assert.equal((await check([own], true)).verdict, "warning");
  });
});

describe("a stack's locks", () => {
  it("are read from what the engine says of them", () => {
    const said =
      "the stack is currently locked by 1 lock(s). Either wait …\n" +
      "  s3://state/.pulumi/locks/organization/packit/stg/1.json: created by ada@elsewhere (pid 7) at 2026-01-02T11:00:00Z";
    assert.deepEqual(parseLocks(said), [{ user: "ada", host: "elsewhere", pid: 7, since: NOW - HOUR }]);
  });

  it("are read from the folder where state is kept", async () => {
    const state = mkdtempSync(join(tmpdir(), "packit-locks-"));
    try {
      const environment = { PULUMI_BACKEND_URL: `${pathToFileURL(state).href}?metadata=skip` };
      const stacks = join(state, ".pulumi", "stacks", "packit");
      const folder = join(state, ".pulumi", "locks", "organization", "packit", "stg");
      assert.equal(await locksOf(environment, state, "stg"), undefined);
      mkdirSync(stacks, { recursive: true });
      writeFileSync(join(stacks, "stg.json"), "{}");
      assert.deepEqual(await locksOf(environment, state, "stg"), []);
      mkdirSync(folder, { recursive: true });
      const lock = { pid: 7, username: "ada", hostname: "elsewhere", timestamp: "2026-01-02T11:00:00Z" };
      writeFileSync(join(folder, "1.json"), JSON.stringify(lock));
      assert.deepEqual(await locksOf(environment, state, "stg"), [
        { user: "ada", host: "elsewhere", pid: 7, since: NOW - HOUR },
      ]);
    } finally {
      rmSync(state, { recursive: true });
    }
  });
});
