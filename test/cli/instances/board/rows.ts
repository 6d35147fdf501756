import { type BoardRow, rowOf } from "../../../../cli/instances/board/row";
import type { Listed } from "../../../../cli/instances/everywhere";
import { INSTANCE_STATES, type InstanceRecord } from "../../../../cli/instances/record";
import { recordOf } from "../leases/records";

/** When the pages of tests are written; everything was made at the year's begin. */
export const NOW = Date.parse("2026-01-01T05:30:00Z");

/** An instance as it is found on a cluster. */
export function listed(
  name: string,
  record: Partial<InstanceRecord> = {},
  more: Partial<Listed> = {},
): Listed {
  const instance = { name, record: recordOf(name, record), admitted: true };
  return { instance, cluster: "openshift-dev", now: NOW, ...more };
}

/** An instance of every state, with everything that a page can show. */
export function everyState(): readonly BoardRow[] {
  const work = { holder: "zuul 4711", since: 0, until: 1, expired: false };
  const kept = recordOf("dev-pr-77", { keep: "demonstration" });
  delete kept.expiresAt;
  const usual = INSTANCE_STATES.map((state, index) =>
    listed(`dev-pr-${index + 1}`, { state }, { requests: { cpu: 0.335, memory: 2.2 * 2 ** 30 } }),
  );
  const special: Listed[] = [
    listed("stg-packit-service-801-x1f2e3d4", {
      state: "failed",
      reason: `the build of the worker's image failed: ${"pip finds no such version; ".repeat(15)}`,
      references: { "packit-service": "801", dashboard: `octocat:${"long-branch-".repeat(7)}end` },
      holder: { kind: "pull", name: "packit/packit-service#801" },
      expiresAt: "2026-01-01T05:00:00Z",
    }),
    { instance: { name: "dev-pr-77", record: kept, admitted: true }, cluster: "openshift-dev", now: NOW },
    {
      instance: { name: "dev-pr-78", problem: "its record is no JSON", work, place: 2, admitted: false },
      cluster: "this machine",
      now: NOW,
    },
  ];
  return [...usual, ...special].map(rowOf);
}
