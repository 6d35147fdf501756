import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { stringify } from "yaml";

import { restore } from "../../../cli/commands/database/actions";
import { databaseCluster, databaseSubject } from "../../../cli/database/subject";
import type { ProjectPaths } from "../../../cli/paths";
import { SHARED } from "../../stacks/settings/copr/loading";
import { emptyProject } from "../../support/project";

describe("whose backups a command looks after", () => {
  let paths: ProjectPaths;
  before(() => {
    paths = emptyProject();
    const { aws, backup, cluster, login } = SHARED;
    const config = Object.fromEntries(
      Object.entries({ aws, backup, cluster, login }).map(([key, value]) => [`packit:${key}`, value]),
    );
    writeFileSync(join(paths.root, "Pulumi.copr-stg.yaml"), stringify({ config }));
  });
  after(() => {
    rmSync(paths.root, { recursive: true, force: true });
  });

  it("C30: is a Copr's database too, in the cluster of its settings", () => {
    const subject = databaseSubject(paths, "copr-stg", false);
    assert.deepEqual(
      [subject.namespace, subject.keepsBackups, subject.cluster?.context],
      ["copr-stg", true, "copr"],
    );
  });

  it("is on the local control plane when that is asked for, which has to be there", async () => {
    const subject = databaseSubject(paths, "copr-stg", true);
    assert.equal(subject.cluster, undefined);
    await assert.rejects(
      databaseCluster(paths, subject),
      /copr-stg runs nowhere yet: make up STACK=copr-stg/,
    );
  });

  it("C30: has no restore within the cluster where backups are encrypted, and says what to do", async () => {
    assert.equal(databaseSubject(paths, "copr-stg", false).encrypted, true);
    const options = { local: false, dryRun: true, generation: "latest", replace: true, yes: true };
    await assert.rejects(
      restore(paths, "copr-stg", options),
      /the backups of copr-stg are encrypted, .*copr-backups\.md/,
    );
  });

  it("keeps none in development", () => {
    assert.equal(databaseSubject(paths, "copr-dev", false).keepsBackups, false);
  });
});
