import assert from "node:assert/strict";

import {
  admissionsTo,
  ANALYZE_RESULTS,
  BACKEND,
  BACKEND_LOG,
  CLEAN_DIST_GIT,
  CONNECTIONS,
  DATABASE_BACKUP,
  DATABASE_CLIENTS,
  DATABASE_DUMP,
  DATABASE_JOB,
  DIST_GIT,
  FRONTEND,
  FRONTEND_JOBS,
  KEYGEN,
  PRUNE_DIST_GIT,
  reachesFrom,
  REDIS_CLIENTS,
  RESALLOC,
  RESALLOC_WEB,
  RESULTS,
  UPSTREAM_RELEASES,
} from "../../../components/copr/connections";
import { data } from "./fixtures";

const ALL = [
  FRONTEND,
  DATABASE_JOB,
  DATABASE_DUMP,
  DATABASE_BACKUP,
  KEYGEN,
  DIST_GIT,
  BACKEND,
  BACKEND_LOG,
  RESULTS,
  RESALLOC,
  RESALLOC_WEB,
  ...FRONTEND_JOBS,
  ANALYZE_RESULTS,
  CLEAN_DIST_GIT,
  PRUNE_DIST_GIT,
];

/** The connections within the namespace, from what components admit. */
function admitted(): string[] {
  return [
    ...ALL.flatMap((to) =>
      admissionsTo(to).flatMap(({ port, components = [] }) =>
        components.map((from) => `${from} -> ${to}:${port}`),
      ),
    ),
    ...DATABASE_CLIENTS.map((from) => `${from} -> ${data.database}:5432`),
    ...REDIS_CLIENTS.map((from) => `${from} -> ${data.redis}:6379`),
  ].sort();
}

/** The same from what components may reach. */
function reached(): string[] {
  return ALL.flatMap((from) => {
    const reaches = reachesFrom(from, data);
    return reaches === "nothing"
      ? []
      : reaches.flatMap(({ port, components = [] }) => components.map((to) => `${from} -> ${to}:${port}`));
  }).sort();
}

describe("Copr's connections", () => {
  const wanted = [
    "copr-backend -> copr-frontend:5000",
    "copr-backend -> copr-keygen:5003",
    "copr-backend -> copr-keygen:5167",
    "copr-backend -> redis:6379",
    "copr-backend -> resalloc:49100",
    "copr-backend-log -> redis:6379",
    "copr-database-dump -> postgresql-16:5432",
    "copr-database-job -> postgresql-16:5432",
    "copr-distgit -> copr-backend-httpd:8080",
    "copr-distgit -> copr-frontend:5000",
    "copr-distgit -> redis:6379",
    "copr-frontend -> postgresql-16:5432",
    "copr-frontend -> redis:6379",
    ...["daily", "hourly"].flatMap((job) => [
      `copr-frontend-${job} -> postgresql-16:5432`,
      `copr-frontend-${job} -> redis:6379`,
    ]),
    "copr-outdated-chroots -> postgresql-16:5432",
    "copr-outdated-chroots -> redis:6379",
    "copr-upstream-releases -> postgresql-16:5432",
    "copr-upstream-releases -> redis:6379",
    "database-backup -> postgresql-16:5432",
  ];

  it("S1, S8, S9, S14: are these, and no others, seen from either side", () => {
    assert.deepEqual(admitted(), wanted);
    assert.deepEqual(reached(), wanted);
  });

  it("come from outside to web servers alone", () => {
    const open = ALL.flatMap((to) =>
      admissionsTo(to).flatMap(({ port, router }) => (router === true ? [`${to}:${port}`] : [])),
    );
    assert.deepEqual(open, [
      "copr-frontend:5000",
      "copr-distgit:5001",
      "copr-backend-httpd:8080",
      "resalloc-webui:5007",
    ]);
  });

  it("lead outside for those alone who have business there", () => {
    const outside = Object.fromEntries(
      ALL.map((from) => {
        const reaches = reachesFrom(from, data, ["10.1.0.0/16"]);
        return [
          from,
          reaches === "nothing"
            ? []
            : reaches.flatMap(({ port, components, networks = ["anywhere"] }) =>
                components === undefined ? [`${networks.join()}:${port}`] : [],
              ),
        ] as const;
      }).filter(([, places]) => places.length > 0),
    );
    assert.deepEqual(outside, {
      [FRONTEND]: ["anywhere:443"],
      [DIST_GIT]: ["anywhere:80", "anywhere:443"],
      [BACKEND]: ["10.1.0.0/16:22", "anywhere:443"],
      [RESALLOC]: ["10.1.0.0/16:22", "anywhere:443"],
      [PRUNE_DIST_GIT]: ["anywhere:443"],
      [UPSTREAM_RELEASES]: ["anywhere:443"],
    });
    assert.equal(reachesFrom(KEYGEN, data), "nothing");
    assert.ok(CONNECTIONS.every(({ from }) => from.length > 0));
  });
});
