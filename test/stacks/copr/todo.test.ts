import assert from "node:assert/strict";

import { page, tablesBelow } from "../../facts/markdown";
import { LOG_FOLLOWER } from "../../../components/copr/log-follower";
import type { ClusterObjects, Pods } from "../../support/objects";
import type { Tree } from "../../../stacks/settings/tree";
import { SHARED } from "../settings/copr/loading";
import { deployCopr } from "./deployed";

/** Everything that a Copr can have besides. */
const COMPLETE: Tree = {
  aws: { endpoint: "http://127.0.0.1:5000" },
  backup: { ...SHARED.backup, enabled: true },
  jobs: {
    outdatedChroots: { enabled: true },
    pruneDistGit: { enabled: true },
    upstreamReleases: { enabled: true },
  },
  mail: { relay: "smtp.example.org" },
  resultStorage: "pulp",
  secrets: { backup: SHARED.secrets.backup },
};

/** Folders of logs that nobody follows, as what is written there is shown already. */
const SHOWN_OTHERWISE: Readonly<Record<string, string>> = {
  "copr-backend /var/log/copr-backend": "messages go through the key-value store to copr-backend-log",
  "resalloc /var/log/resallocserver":
    "the server writes to its standard error too, and a task shows the rest",
  "resalloc-webui /var/log/resallocserver": "it reads the same configuration, and writes nothing there",
};

/** Programs that start others, which may outlive whoever waits for them. */
const PARENTS = [
  "copr-run-dispatcher",
  "copr_run_logger",
  "signd",
  "gpg-copr",
  "resalloc-server",
  "copr-backend-analyze-results",
  "copr-dist-git-refresh-cgit",
  "prune-dist-git",
];

/** What the packages of Copr run by schedule, and what backs it up. */
const SCHEDULED: Readonly<Record<string, readonly string[]>> = {
  "copr-frontend-hourly": ["update-indexes-quick 120", "update-graphs"],
  "copr-frontend-daily": [
    ...["vacuum-graphs", "clean-expired-projects", "clean-old-builds", "delete-dirs", "update-indexes"],
  ],
  "copr-outdated-chroots": [
    ...["eol-lifeless-rolling-chroots", "notify-outdated-chroots", "delete-outdated-chroots"],
  ],
  "copr-upstream-releases": ["--backend pypi --delta=172800", "--backend rubygems --delta=172800"],
  "copr-backend": ["copr_prune_results.py", "copr_prune_srpms.py"],
  "copr-analyze-results": ["copr-backend-analyze-results", "copr-backend-generate-graphs"],
  "copr-keygen-prolong": ["gpg-copr --check-trustdb --batch", "gpg-copr-prolong"],
  "copr-clean-distgit": ["per-task-logs -name '*.log' -mtime +30 -delete", "copr-dist-git-refresh-cgit"],
  "copr-prune-distgit": ["dist-git-clear-tarballs.py", "prune-dist-git.py"],
  resalloc: ["resalloc-merge-hook-logs"],
  "database-backup": ["main.py"],
  "copr-keygen-backup": ["main.py"],
};

describe("what Copr's old deployment still had to do", () => {
  let objects: ClusterObjects;
  before(async () => {
    ({ objects } = await deployCopr("copr-dev", COMPLETE));
  });

  const words = ({ command = [], args = [] }: Pods["containers"][number]): string =>
    [...command, ...args].join(" ");

  it("has an answer each: twelve items, and three that were to be looked into", () => {
    const items = tablesBelow(page("copr.md"), "What was still to be done");
    assert.equal(items.length, 15);
    assert.equal(items.filter(({ Item = "" }) => Item.startsWith("Research: ")).length, 3);
    for (const { Item = "", Answer = "" } of items) assert.ok(Answer.length >= 12, Item);
  });

  it("shows every log on the standard output", () => {
    const services = objects.pods.filter(({ owner }) => owner.kind === "Deployment");
    const hidden = services.flatMap(({ owner, containers }) => {
      const follower = containers.find(({ name }) => name === LOG_FOLLOWER);
      const folders = containers.flatMap(({ volumeMounts = [] }) =>
        volumeMounts.flatMap(({ mountPath = "" }) => (mountPath.startsWith("/var/log/") ? [mountPath] : [])),
      );
      return [...new Set(folders)]
        .filter((folder) => follower === undefined || !words(follower).includes(` ${folder}/`))
        .map((folder) => `${owner.name} ${folder}`);
    });
    assert.deepEqual(hidden.sort(), Object.keys(SHOWN_OTHERWISE));
  });

  it("collects processes that have ended wherever others are started", () => {
    const found = objects.pods.flatMap(({ owner, spec, containers }) =>
      containers
        .filter((container) => PARENTS.some((program) => words(container).includes(program)))
        .map((container) => ({ owner, collected: collected(container, spec.shareProcessNamespace) })),
    );
    assert.ok(found.length >= 9, String(found.length));
    assert.deepEqual(
      found.filter((one) => !one.collected).map(({ owner }) => owner.title),
      [],
    );
  });

  it("runs by schedule what the packages do, and backs up what cannot be made again", () => {
    const commands = (name: string): string => {
      const pods = objects.pods.filter(({ owner }) => owner.name === name);
      return pods.flatMap(({ containers }) => containers.map(words)).join("\n");
    };
    for (const [name, wanted] of Object.entries(SCHEDULED))
      for (const text of wanted) assert.ok(commands(name).includes(text), `${name}: ${text}`);
    const jobs = objects.ofKind("CronJob").map(({ name }) => name);
    assert.deepEqual(
      jobs.filter((name) => !(name in SCHEDULED)),
      [],
    );
  });
});

/** Whether tini does that, or the first process of a pod whose containers share them. */
function collected(container: Pods["containers"][number], shared: boolean | undefined): boolean {
  return shared === true || container.command?.[0] === "/usr/bin/tini";
}
