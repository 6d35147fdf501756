import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { clusterOfInstance, instanceClusters, THIS_MACHINE } from "../../../cli/instances/clusters";
import type { ProjectPaths } from "../../../cli/paths";
import { emptyProject } from "../../support/project";

describe("the clusters of test instances", () => {
  let paths: ProjectPaths;

  beforeEach(() => {
    paths = emptyProject();
  });
  afterEach(() => {
    rmSync(paths.root, { recursive: true });
  });

  function write(name: string, kubeconfig: string, context: string): void {
    const cluster = `{ kubeconfig: ${kubeconfig}, context: ${context} }`;
    writeFileSync(join(paths.root, `Pulumi.${name}.yaml`), `config:\n  packit:cluster: ${cluster}\n`);
  }

  function startLocal(): void {
    mkdirSync(paths.cluster, { recursive: true });
    writeFileSync(paths.kubeconfig, "");
  }

  it("are those that the settings name, each once, and this machine's", () => {
    assert.deepEqual(instanceClusters(paths), []);
    write("dev", "/k", "dev");
    write("stg", "/k", "stg");
    write("prod", "/secret", "prod");
    write("dev-pr-1", "/k", "dev");
    write("dev-pr-2", "/own", "own");
    startLocal();
    const names = instanceClusters(paths).map(({ name }) => name);
    // Nothing under test runs on production's.
    assert.deepEqual(names.sort(), ["dev", "own", "stg", THIS_MACHINE]);
  });

  it("are found by an instance's name and settings", () => {
    write("stg", "/k", "stg");
    assert.equal(clusterOfInstance(paths, "stg-pr-1").name, "stg");
    write("stg-pr-2", "/own", "own");
    assert.equal(clusterOfInstance(paths, "stg-pr-2").name, "own");
    // Though nobody here knows what it runs.
    assert.equal(clusterOfInstance(paths, "stg-mine").name, "stg");
    assert.throws(() => clusterOfInstance(paths, "dev-pr-1"), /nothing has been deployed on this machine/);
    startLocal();
    assert.equal(clusterOfInstance(paths, "dev-pr-1").local, true);
    assert.throws(() => clusterOfInstance(paths, "stg"), /is an environment's/);
  });
});
