import assert from "node:assert/strict";

import { inOrder, openConnections, ROUTER, type Connection } from "../../support/connections";
import type { ClusterObjects } from "../../support/objects";
import type { Tree } from "../../../stacks/settings/tree";
import { SHARED } from "../settings/copr/loading";
import { COPRS, deployCopr, deployedCopr } from "./deployed";

/** Everything that a Copr can have besides. */
const COMPLETE: Tree = {
  backup: { ...SHARED.backup, enabled: true, endpoint: "https://s3.example.org:9000" },
  database: { dump: "http://dumps.example.org/copr_db.gz" },
  jobs: {
    outdatedChroots: { enabled: true },
    pruneDistGit: { enabled: true },
    upstreamReleases: { enabled: true },
  },
  mail: { relay: "smtp.example.org", port: 587 },
  resultStorage: "pulp",
  secrets: { backup: SHARED.secrets.backup },
};

/** What the frontend does by schedule. */
const FRONTEND_JOBS = [
  "copr-frontend-hourly",
  "copr-frontend-daily",
  "copr-outdated-chroots",
  "copr-upstream-releases",
];

/** Who may connect to whom, by name of the workload: the matrix of calls that Copr's parts make. */
const MATRIX: readonly (readonly [to: string, port: number, from: readonly string[]])[] = [
  ["copr-frontend", 5000, [ROUTER, "copr-backend", "copr-distgit"]],
  ["copr-distgit", 5001, [ROUTER]],
  ["copr-backend-httpd", 8080, [ROUTER, "copr-distgit"]],
  ["copr-keygen", 5003, ["copr-backend"]],
  ["copr-keygen", 5167, ["copr-backend"]],
  ["resalloc", 49100, ["copr-backend"]],
  ["resalloc-webui", 5007, [ROUTER]],
  ["copr-pulp", 8080, ["copr-backend", "copr-backend-httpd"]],
  ["copr-pulp-postgres-15", 5432, ["copr-pulp"]],
  [
    "postgres-15",
    5432,
    ["copr-frontend", "copr-database-job", "copr-database-dump", "database-backup", ...FRONTEND_JOBS],
  ],
  ["valkey", 6379, ["copr-frontend", "copr-backend", "copr-backend-log", "copr-distgit", ...FRONTEND_JOBS]],
];

/** Ports at which a workload may call somebody outside the namespace. Builders are at 22, AWS and stores at 443. */
const OUTSIDE: Readonly<Record<string, readonly number[]>> = {
  "copr-frontend": [443],
  "copr-backend": [22, 443],
  "copr-distgit": [80, 443],
  resalloc: [22, 443],
  "copr-keygen-backup": [443],
  "database-backup": [443],
};

/** The rows of the matrix whose both ends a stack has. */
function wanted(objects: ClusterObjects): Connection[] {
  const there = new Set([ROUTER, ...objects.pods.map(({ owner }) => owner.name)]);
  const all = MATRIX.flatMap(([to, port, clients]) => clients.map((from) => ({ from, to, port })));
  return all.filter(({ from, to }) => there.has(from) && there.has(to));
}

interface EgressRule {
  readonly to?: readonly { readonly ipBlock?: object }[];
  readonly ports?: readonly { readonly port: number }[];
}

/** Ports that a workload's policy opens to addresses outside the namespace, apart from those of names. */
function outside(objects: ClusterObjects, name: string, namespace: string): number[] {
  const rules = objects.find("NetworkPolicy", namespace, name)?.body.spec.egress as EgressRule[] | undefined;
  const ports = (rules ?? []).flatMap(({ to, ports: open = [] }) =>
    to === undefined || to.some(({ ipBlock }) => ipBlock !== undefined) ? open.map(({ port }) => port) : [],
  );
  return [...new Set(ports)].filter((port) => port !== 53 && port !== 5353).sort((a, b) => a - b);
}

describe("Copr's NetworkPolicies", () => {
  for (const name of COPRS) {
    it(`S1, S8, S9, S14: open in ${name} what the matrix says, among all pairs and ports`, async () => {
      const { objects } = await deployedCopr(name);
      const expected = wanted(objects);
      assert.ok(expected.length >= 12, String(expected.length));
      assert.deepEqual(openConnections(objects), inOrder(expected));
    });

    it(`B20, S1: let out of ${name} those alone who have business there`, async () => {
      const { objects } = await deployedCopr(name);
      for (const { owner, namespace } of objects.pods)
        assert.deepEqual(outside(objects, owner.name, namespace), OUTSIDE[owner.name] ?? [], owner.name);
    });
  }

  it("S1, S8, S9, S14: open in a Copr that has everything the whole matrix", async () => {
    const { objects } = await deployCopr("copr-dev", COMPLETE);
    const whole = MATRIX.flatMap(([to, port, clients]) => clients.map((from) => ({ from, to, port })));
    assert.deepEqual(openConnections(objects), inOrder(whole));
    const out = Object.fromEntries(
      objects.pods
        .map(({ owner, namespace }) => [owner.name, outside(objects, owner.name, namespace)] as const)
        .filter(([, ports]) => ports.length > 0),
    );
    assert.deepEqual(out, {
      ...OUTSIDE,
      "copr-database-dump": [80],
      "copr-frontend": [443, 587],
      "copr-outdated-chroots": [587],
      "copr-upstream-releases": [443],
      "copr-prune-distgit": [443],
      "copr-keygen-backup": [9000],
      "database-backup": [9000],
    });
  });
});
