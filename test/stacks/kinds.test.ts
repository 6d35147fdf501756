import assert from "node:assert/strict";

import { ENVIRONMENTS } from "../support/environments";
import { deployed } from "./deployed";

/**
 * How many objects of each kind an environment has: dev, stg and prod; stream-stg, stream-prod; source-git-stg,
 * source-git-prod; fedora-ci-stg, fedora-ci-prod. A new component changes its rows.
 */
const KINDS: Readonly<Record<string, readonly number[]>> = {
  ConfigMap: [6, 9, 9, 7, 8, 7, 7, 9, 9],
  CronJob: [1, 3, 3, 2, 2, 2, 2, 2, 2],
  Deployment: [8, 9, 9, 3, 3, 4, 4, 8, 8],
  ImageStream: [0, 10, 10, 5, 6, 6, 6, 9, 9],
  Ingress: [3, 0, 0, 0, 0, 0, 0, 0, 0],
  Namespace: [2, 0, 0, 0, 0, 0, 0, 0, 0],
  NetworkPolicy: [11, 15, 15, 6, 6, 7, 7, 12, 12],
  PersistentVolumeClaim: [4, 4, 6, 2, 2, 3, 3, 2, 2],
  PodDisruptionBudget: [0, 0, 5, 0, 1, 0, 1, 0, 4],
  Project: [0, 0, 0, 1, 1, 1, 1, 1, 1],
  Role: [2, 3, 3, 1, 1, 1, 1, 1, 1],
  RoleBinding: [2, 3, 3, 1, 1, 1, 1, 1, 1],
  Route: [0, 3, 3, 1, 1, 1, 1, 2, 2],
  Secret: [12, 15, 15, 7, 8, 9, 9, 12, 12],
  Service: [8, 9, 9, 4, 4, 4, 4, 8, 8],
  ServiceAccount: [10, 14, 14, 6, 6, 7, 7, 12, 12],
  StatefulSet: [1, 2, 2, 1, 1, 1, 1, 2, 2],
  TenantNamespace: [0, 2, 2, 0, 0, 0, 0, 0, 0],
};

describe("the objects of every environment", () => {
  it("are as many of each kind as the table says", async () => {
    const counts: Record<string, number[]> = {};
    for (const [column, name] of ENVIRONMENTS.entries()) {
      const { objects } = await deployed(name);
      for (const { kind } of objects.all) {
        const row = (counts[kind] ??= ENVIRONMENTS.map(() => 0));
        row[column] = (row[column] ?? 0) + 1;
      }
    }
    assert.deepEqual(counts, KINDS);
  });
});
