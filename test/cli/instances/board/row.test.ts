import assert from "node:assert/strict";

import { rowOf } from "../../../../cli/instances/board/row";
import { ageOf, countText, endOf, fromNow, total } from "../../../../cli/instances/board/words";
import { byName } from "../../../../cli/instances/everywhere";
import { listed, NOW } from "./rows";

const HOUR_MS = 3_600_000;

describe("what a list shows of an instance", () => {
  it("leads to its code, its pages and the pull request that it is of", () => {
    const row = rowOf(
      listed("dev-pr-1", {
        references: { ogr: "octocat:mend", "packit-service": "614" },
        holder: { kind: "pull", name: "packit/packit-service#614" },
        urls: { api: "https://example.packit.dev/api" },
      }),
    );
    assert.deepEqual(row.runs, [
      { text: "packit-service=614", url: "https://github.com/packit/packit-service/pull/614" },
      { text: "ogr=octocat:mend", url: "https://github.com/octocat/ogr/tree/mend" },
    ]);
    assert.equal(row.whose?.url, "https://github.com/packit/packit-service/pull/614");
    assert.deepEqual(row.addresses, [{ text: "api", url: "https://example.packit.dev/api" }]);
  });

  it("makes links of web pages' addresses alone, and of nobody's name", () => {
    const urls = { api: "javascript:alert(1)", dashboard: "data:text/html,x", workers: "no address" };
    const holder = { kind: "person", name: "packit/packit-service#614" } as const;
    const { addresses, whose } = rowOf(listed("dev-pr-1", { urls, holder }));
    assert.deepEqual(addresses, [
      { text: "api: javascript:alert(1)" },
      { text: "dashboard: data:text/html,x" },
      { text: "workers: no address" },
    ]);
    assert.deepEqual(whose, { text: "packit/packit-service#614" });
  });

  it("has nothing in it that moves a cursor, breaks a line or turns letters round", () => {
    const name = "jane\u001b[2Jx\r\ny\u202Ez\u2066\u0000";
    const { whose, reason } = rowOf(
      listed("dev-pr-1", { holder: { kind: "person", name }, state: "failed", reason: name }),
    );
    assert.equal(whose?.text, "jane [2Jx yz");
    assert.equal(reason, "jane [2Jx yz");
  });

  it("says what is known of one whose record cannot be read", () => {
    const instance = { name: "dev-pr-1", problem: "state: is missing", admitted: false };
    const row = rowOf({ instance, cluster: "openshift-dev", now: NOW });
    assert.deepEqual([row.state, row.reason], ["unknown", "state: is missing"]);
    assert.deepEqual([ageOf(row), endOf(row)], [undefined, undefined]);
  });

  it("tells times as seen from the cluster's clock, and exactly", () => {
    const row = rowOf(listed("dev-pr-1", { expiresAt: "2026-01-01T05:10:00Z" }));
    const exact = "2026-01-01 00:00:00 UTC";
    assert.deepEqual(ageOf(row), { text: "6 hours ago", exact, iso: "2026-01-01T00:00:00.000Z" });
    assert.equal((endOf(row) as { text?: string }).text, "due, 20 minutes ago");
    assert.equal(fromNow(NOW + 71 * HOUR_MS, NOW), "in 71 hours");
    assert.equal(fromNow(NOW + 72 * HOUR_MS, NOW), "in 3 days");
    assert.equal(fromNow(NOW - 119 * 60_000, NOW), "119 minutes ago");
  });

  it("counts instances by their states, and what is known of their requests", () => {
    const requests = { cpu: 0.5, memory: 2 ** 30 };
    const rows = [
      listed("dev-pr-1", { state: "failed" }, { requests }),
      listed("dev-pr-2", { state: "live" }, { requests }),
      listed("dev-pr-3", { state: "live" }),
    ].map(rowOf);
    assert.equal(countText(rows), "3 instances: 2 live, 1 failed");
    assert.equal(countText(rows.slice(0, 1)), "1 instance: 1 failed");
    assert.deepEqual(total(rows), { cpu: 1, memory: 2 ** 31 });
    assert.equal(total(rows.slice(2)), undefined);
  });

  it("stands where its number does", () => {
    const names = ["stg-pr-10", "dev-pr-2", "stg-pr-9", "dev-pr-10"].map((name) => listed(name));
    const sorted = names.sort(byName).map(({ instance }) => instance.name);
    assert.deepEqual(sorted, ["dev-pr-2", "dev-pr-10", "stg-pr-9", "stg-pr-10"]);
  });
});
