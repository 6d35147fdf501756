import assert from "node:assert/strict";

import type { KnownInstance, Work } from "../../../../cli/instances/leases/api";
import { NoIdentity, NoRoom } from "../../../../cli/instances/leases/errors";
import { queueText, tellWhoHas } from "../../../../cli/instances/leases/waiting";
import { recordOf } from "./records";
import { START } from "./world";

const WORK = { holder: "john@desk", since: START, until: START + 60_000, expired: false };

const LIVE: KnownInstance = { name: "dev-pr-1", record: recordOf("dev-pr-1"), admitted: true };

/** One that has just got its place: nothing of it is written yet. */
const NEW: KnownInstance = { name: "dev-pr-2", work: WORK, admitted: true };

describe("whoever has to wait for others", () => {
  it("is told who has the places, also of instances of which nothing is written yet", () => {
    assert.equal(
      queueText(2, [LIVE, NEW]),
      "number 2 in the queue; running: dev-pr-1 (jane@laptop), dev-pr-2 (john@desk)",
    );
  });

  it("is told until when each has it, or since when somebody makes it", () => {
    const lines = [
      /dev-pr-1 \(jane@laptop\), until 2026-01-03 00:00:00 UTC$/m,
      /dev-pr-2 \(john@desk\), who makes it since 2026-01-01 00:00:00 UTC$/m,
    ];
    const identities = [LIVE, NEW].map((by) => ({ identity: by.name, by }));
    for (const { message } of [
      new NoRoom("dev-pr-3", 1, 2, [LIVE, NEW]),
      new NoIdentity("dev-pr-3", identities),
    ]) {
      for (const line of lines) assert.match(message, line);
    }
  });

  function toldOf(work: Work): string {
    const told: unknown[] = [];
    const { error } = console;
    console.error = (line: unknown) => told.push(line);
    try {
      tellWhoHas("dev-pr-2")(work);
    } finally {
      console.error = error;
    }
    return told.join();
  }

  it("is told who works on the same instance, since when and until when", () => {
    assert.match(
      toldOf(WORK),
      /waiting for john@desk, who works on dev-pr-2 since 2026-01-01 00:00:00 UTC, until 2026-01-01 00:01:00 UTC or longer/,
    );
  });

  it("is told that somebody seems to have been killed", () => {
    assert.match(
      toldOf({ ...WORK, expired: true }),
      /john@desk has not worked on dev-pr-2 since 2026-01-01 00:01:00 UTC, it seems: making sure, for a minute at most/,
    );
  });
});
