import assert from "node:assert/strict";

import { lastUse } from "../../../../cli/instances/use/last-use";
import type { LastUse } from "../../../../cli/instances/use/use";
import { FakeLogs, type FakePod, type Line } from "./fake-logs";

const NAMESPACE = "packit-stg-pr-614";
const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
/** From when on it matters. */
const SINCE = NOW - 4 * HOUR;
const DEPLOYED = NOW - 20 * HOUR;

const START = "+ ATTEMPTS=7";
const PROBE = '127.0.0.1 - - [22/Nov/2026:11:59:58 +0000] "GET /api/healthz HTTP/2.0" 200 21';
const VISIT = '10.131.0.7 - - [22/Nov/2026:11:59:58 +0000] "GET /api/projects HTTP/2.0" 200 21';
const BABYSIT =
  "[2026-11-22 02:16:13,298: INFO/MainProcess] Task " +
  "packit_service.worker.tasks.babysit_pending_tft_runs[3db94b82-b89e-4c57-8ea5-0f02dac0906d] received";

/** A probe's request each minute. */
function probed(from: number, to: number): Line[] {
  return Array.from({ length: Math.floor((to - from) / 60_000) }, (_, minute) => [
    from + minute * 60_000,
    PROBE,
  ]);
}

function service(changes: Partial<FakePod> = {}, lines: readonly Line[] = []): FakePod {
  const all: Line[] = [[DEPLOYED, START], ...probed(DEPLOYED, NOW), ...lines];
  all.sort(([a], [b]) => a - b);
  const lives = [{ startedAt: DEPLOYED, lines: all }];
  return { component: "packit-service", createdAt: DEPLOYED, lives, ...changes };
}

const worker: FakePod = {
  component: "packit-worker",
  createdAt: DEPLOYED,
  lives: [
    {
      startedAt: DEPLOYED,
      lines: [
        [DEPLOYED, "[2026-11-21 16:00:00,000: INFO/MainProcess] ready"],
        [NOW - HOUR, BABYSIT],
      ],
    },
  ],
};

function use(pods: Readonly<Record<string, FakePod>>): Promise<LastUse> {
  return lastUse(new FakeLogs(NAMESPACE, pods), NAMESPACE, SINCE);
}

function unknown(why: RegExp): (use: LastUse) => void {
  return (one) => {
    assert.equal(one.kind, "unknown", JSON.stringify(one));
    assert.match(one.why, why);
  };
}

describe("the last use of an instance", () => {
  it("is none when all logs tell of probes and the schedule alone", async () => {
    assert.deepEqual(await use({ "packit-service-a": service(), "packit-worker-0": worker }), {
      kind: "unused",
    });
  });

  it("is the time of the last request, wherever it is told, by the cluster's clock", async () => {
    const visits: Line[] = [
      [NOW - 3 * HOUR, VISIT],
      [NOW - 2 * HOUR, VISIT],
    ];
    const pods = { "packit-service-a": service({}, visits), "packit-worker-0": worker };
    assert.deepEqual(await use(pods), { kind: "used", at: NOW - 2 * HOUR });
    const young = service({ createdAt: NOW - HOUR, lives: [{ startedAt: NOW - HOUR, lines: [] }] });
    assert.deepEqual(await use({ ...pods, "packit-service-b": young }), { kind: "used", at: NOW - 2 * HOUR });
  });

  it("does not matter when it is longer ago", async () => {
    const pod = service({}, [[SINCE - 1000, VISIT]]);
    assert.deepEqual(await use({ "packit-service-a": pod }), { kind: "unused" });
  });

  it("is not asked of those that nobody meets", async () => {
    const fake = new FakeLogs(NAMESPACE, {
      "packit-service-a": service(),
      "postgres-15-a": { ...service(), component: "postgres-15" },
    });
    assert.deepEqual(await lastUse(fake, NAMESPACE, SINCE), { kind: "unused" });
    assert.deepEqual(
      fake.asked.filter((path) => path.includes("postgres")),
      [],
    );
  });

  it("is in a log of many pages, to the last line", async () => {
    const long = "x".repeat(2000);
    const noise: Line[] = Array.from({ length: 3000 }, (_, second) => [SINCE + second * 1000, long]);
    assert.deepEqual(await use({ a: service({}, noise) }), { kind: "unused" });
    const last: Line = [NOW - 1000, VISIT];
    assert.deepEqual(await use({ a: service({}, [...noise, last]) }), { kind: "used", at: NOW - 1000 });
  });

  it("cannot be told from a log that writes more in a second than is read at once", async () => {
    const burst: Line[] = Array.from({ length: 1000 }, () => [SINCE + 5000, "x".repeat(2000)]);
    unknown(/the log of a is too long/)(await use({ a: service({}, burst) }));
  });

  it("is looked for before a restart, too", async () => {
    const restarted = NOW - HOUR;
    const lives = (lines: readonly Line[]): FakePod["lives"] => [
      { startedAt: restarted, lines: [[restarted, START], ...probed(restarted, NOW)] },
      { startedAt: DEPLOYED, finishedAt: restarted, lines: [[DEPLOYED, START], ...lines] },
    ];
    assert.deepEqual(await use({ a: service({ lives: lives([]) }) }), { kind: "unused" });
    const before: Line = [restarted - HOUR, VISIT];
    assert.deepEqual(await use({ a: service({ lives: lives([before]) }) }), {
      kind: "used",
      at: restarted - HOUR,
    });
  });

  it("cannot be told when there were more restarts than logs are kept of", async () => {
    const lives: FakePod["lives"] = [
      { startedAt: NOW - HOUR, lines: [[NOW - HOUR, START]] },
      { startedAt: NOW - 2 * HOUR, finishedAt: NOW - HOUR, lines: [[NOW - 2 * HOUR, START]] },
    ];
    unknown(/a has been restarted 7 times/)(await use({ a: service({ lives, restarts: 7 }) }));
    unknown(/a has been restarted 7 times/)(await use({ a: service({ lives, restarts: 7, waits: true }) }));
    assert.deepEqual(await use({ a: service({ lives }) }), { kind: "unused" });
  });

  it("can be told when all restarts are long past", async () => {
    const lives: FakePod["lives"] = [{ startedAt: SINCE - HOUR, lines: [[SINCE - HOUR, START]] }];
    assert.deepEqual(await use({ a: service({ lives, restarts: 7 }) }), { kind: "unused" });
  });

  it("cannot be told by pods that are younger, have not started, or are not there", async () => {
    const young = service({
      createdAt: NOW - HOUR,
      lives: [{ startedAt: NOW - HOUR, lines: [[NOW - HOUR, START]] }],
    });
    unknown(/a is there only since 2026-11-22 11:00:00 UTC/)(await use({ a: young }));
    unknown(/a has not started/)(await use({ a: service({ lives: [] }) }));
    unknown(/no pods/)(await use({}));
    unknown(/no pods/)(await use({ a: service({ phase: "Failed" }) }));
  });

  it("cannot be told from a log whose beginning is gone, or that is empty", async () => {
    const cut = probed(NOW - HOUR, NOW);
    unknown(/the log of a does not reach back/)(
      await use({ a: service({ lives: [{ startedAt: DEPLOYED, lines: cut }] }) }),
    );
    unknown(/the log of a does not reach back/)(
      await use({ a: service({ lives: [{ startedAt: DEPLOYED, lines: [] }] }) }),
    );
  });

  it("cannot be told by those who may not read logs, or whom nobody answers", async () => {
    unknown(/^you need the right to get pods\/log$/)(
      await use({ a: service({ refused: 403 }), b: service({ refused: 403 }) }),
    );
    unknown(/the log of a is not told \(HTTP 500\)/)(await use({ a: service({ refused: 500 }) }));
    const away = { server: "", ask: () => Promise.reject(new Error("no answer within 5 s")) };
    unknown(/no answer within 5 s/)(await lastUse(away, NAMESPACE, SINCE));
    const refusing = { server: "", ask: () => Promise.resolve({ status: 403, body: {} }) };
    unknown(/its pods cannot be looked at \(HTTP 403\)/)(await lastUse(refusing, NAMESPACE, SINCE));
  });
});
