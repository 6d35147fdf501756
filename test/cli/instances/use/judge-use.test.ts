import assert from "node:assert/strict";

import type { Cluster } from "../../../../cli/cluster";
import type { Control } from "../../../../cli/instances/leases/api";
import { openControl } from "../../../../cli/instances/leases/control";
import { checkStillUnused, type JudgedUse, judgeUse } from "../../../../cli/instances/reap/judge-use";
import { noteUse } from "../../../../cli/instances/use/note";
import { FakeLeases } from "../leases/fake-leases";
import { recordOf } from "../leases/records";
import { FakeLogs, type FakePod, type Line } from "./fake-logs";

const NAME = "stg-pr-614";
const NAMESPACE = `packit-${NAME}`;
const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const DEPLOYED = NOW - 20 * HOUR;
const VISIT = '10.131.0.7 - - [22/Nov/2026:11:59:58 +0000] "GET /api/projects HTTP/2.0" 200 21';

const utc = (time: number): string => new Date(time).toISOString();

function service(lines: readonly Line[], changes: Partial<FakePod> = {}): FakePod {
  const lives = [{ startedAt: DEPLOYED, lines: [[DEPLOYED, "+ ATTEMPTS=7"] as const, ...lines] }];
  return { component: "packit-service", createdAt: DEPLOYED, lives, ...changes };
}

describe("what becomes of an instance that its record calls unused", () => {
  let leases: FakeLeases;
  let control: Control;
  beforeEach(() => {
    leases = new FakeLeases(() => NOW);
    const cluster: Cluster = {
      server: "https://cluster.example",
      ask: (method, path, body) => Promise.resolve(leases.answer(method, path, body)),
    };
    control = openControl(cluster);
  });

  /** Has it known, with what its logs tell, and looks at it. */
  async function judged(
    pod: FakePod,
    { local = false, usedAt = NOW - 5 * HOUR, keep = "" } = {},
  ): Promise<{ readonly due: JudgedUse; readonly asked: readonly string[] }> {
    const record = recordOf(NAME, {
      state: "live",
      expiresAt: utc(NOW + 30 * HOUR),
      usedAt: utc(usedAt),
      ...(keep !== "" && { keep }),
    });
    await control.hold(NAME, record.holder, {}, async (held) => {
      await held.update(() => record);
    });
    const instance = (await control.known()).instances.find(({ name }) => name === NAME);
    assert.ok(instance);
    const logs = new FakeLogs(NAMESPACE, { "packit-service-a": pod });
    const due = await judgeUse(
      { ...instance, namespaces: [{ name: NAMESPACE, createdAt: DEPLOYED }], pulls: ["open"] },
      { now: NOW, idle: 4 * HOUR, cluster: logs, local },
    );
    return { due, asked: logs.asked };
  }

  async function usedAt(): Promise<string | undefined> {
    return (await control.instance(NAME))?.record?.usedAt;
  }

  it("sleeps when its logs agree", async () => {
    const { due } = await judged(service([]));
    assert.deepEqual(due, { name: NAME, action: "sleep", why: "unused for 4h or longer" });
    assert.deepEqual(await noteUse([{ ...due, control }]), []);
    assert.equal(await usedAt(), utc(NOW - 5 * HOUR));
  });

  it("stays when somebody was there, which its record says from then on", async () => {
    const { due } = await judged(service([[NOW - HOUR, VISIT]]));
    assert.deepEqual(due, { name: NAME, action: "stay", why: "was used 60m ago", usedAt: NOW - HOUR });
    assert.deepEqual(await noteUse([{ ...due, control }]), []);
    assert.equal(await usedAt(), utc(NOW - HOUR));
    // What somebody else has written meanwhile counts when it is later.
    await control.amend(NAME, (record) => ({ ...record, usedAt: utc(NOW) }));
    assert.deepEqual(await noteUse([{ ...due, control }]), []);
    assert.equal(await usedAt(), utc(NOW));
  });

  it("stays when its logs cannot be read", async () => {
    const { due } = await judged(service([], { refused: 403 }));
    const why = "its logs do not tell whether it is used: you need the right to get pods/log";
    assert.deepEqual(due, { name: NAME, action: "stay", why });
  });

  it("is not looked into where nothing depends on it", async () => {
    const used = [[NOW - HOUR, VISIT]] as const;
    const fresh = await judged(service(used), { usedAt: NOW - HOUR });
    assert.deepEqual([fresh.due.why, fresh.asked], ["has 30h left", []]);
    const kept = await judged(service(used), { keep: "a talk" });
    assert.deepEqual([kept.due.why, kept.asked], ["kept: a talk", []]);
  });

  it("sleeps by its record alone where no program runs", async () => {
    const { due, asked } = await judged(service([[NOW - HOUR, VISIT]]), { local: true });
    assert.deepEqual([due.action, asked], ["sleep", []]);
  });

  it("stays after all when somebody comes or extends it before it is its turn", async () => {
    const namespaces = [{ name: NAMESPACE, createdAt: DEPLOYED }];
    const still = (lines: readonly Line[], usedAt: number): Promise<void> =>
      checkStillUnused(
        { name: NAME, namespaces, pulls: ["open"] },
        { idle: 4 * HOUR, cluster: new FakeLogs(NAMESPACE, { a: service(lines) }), local: false },
        {
          record: recordOf(NAME, { state: "live", expiresAt: utc(NOW + HOUR), usedAt: utc(usedAt) }),
          now: () => NOW,
        },
      );
    await still([], NOW - 5 * HOUR);
    await assert.rejects(still([[NOW - 1000, VISIT]], NOW - 5 * HOUR), /^NotDue: was used 0m ago$/);
    await assert.rejects(still([], NOW - HOUR), /^NotDue: has 60m left$/);
  });

  it("is told when its last use cannot be written down", async () => {
    const amend = (): Promise<undefined> => Promise.reject(new Error("no answer within 5 s"));
    assert.deepEqual(await noteUse([{ name: NAME, usedAt: NOW, control: { amend } }]), [
      `${NAME}: its last use cannot be written down: no answer within 5 s`,
    ]);
  });
});
