import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { openControl } from "../../../../cli/instances/leases/control";
import { leftOf } from "../../../../cli/instances/reap/left";
import type { ProjectPaths } from "../../../../cli/paths";
import { MADE_BY_DEPLOY } from "../../../../cli/stack-files";
import { FakeObjects } from "../fake-objects";
import { emptyProject } from "../../../support/project";

const NAME = "stg-pr-614";
const NAMESPACES = "/api/v1/namespaces";
const ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
const VOLUMES = "/api/v1/persistentvolumes";
const LEASES = "/apis/coordination.k8s.io/v1/namespaces/packit-test-instances/leases";

describe("what is left of a test instance", () => {
  let paths: ProjectPaths;
  let cluster: FakeObjects;
  beforeEach(() => {
    paths = emptyProject();
    cluster = new FakeObjects();
    // Another instance, whole, and an environment.
    put(NAMESPACES, "packit-stg-pr-615", "stg-pr-615");
    put(ROLES, "stg-pr-615", "stg-pr-615");
    put(LEASES, "instance-stg-pr-615", "stg-pr-615", { "packit.dev/lease": "instance" });
    put(NAMESPACES, "packit-stg", "stg");
    // Somebody else's, with our label.
    put(NAMESPACES, "notes-of-stg-pr-614", NAME);
  });
  afterEach(() => {
    rmSync(paths.root, { recursive: true, force: true });
  });

  function put(collection: string, name: string, stack: string, more: Record<string, string> = {}): void {
    const labels = {
      "app.kubernetes.io/part-of": "packit",
      "app.kubernetes.io/managed-by": "pulumi",
      "app.kubernetes.io/instance": stack,
      ...more,
    };
    cluster.put(collection, { metadata: { name, labels, creationTimestamp: "2026-11-20T12:00:00Z" } });
  }

  const left = async (hasStack = false): Promise<readonly string[]> =>
    leftOf(paths, NAME, cluster, { leases: await openControl(cluster).leftOf(NAME), hasStack });

  it("is nothing when nothing is, whatever others have", async () => {
    assert.deepEqual(await left(), []);
  });

  it("is named, each thing", async () => {
    put(NAMESPACES, `packit-${NAME}`, NAME);
    put(NAMESPACES, `packit-${NAME}-sandbox`, NAME);
    put(ROLES, `${NAME}-reader`, NAME);
    put(VOLUMES, "pv-1", NAME);
    put(LEASES, `instance-${NAME}`, NAME, { "packit.dev/lease": "instance" });
    put(LEASES, "place-0", NAME, { "packit.dev/lease": "place" });
    writeFileSync(join(paths.root, `Pulumi.${NAME}.yaml`), `${MADE_BY_DEPLOY}config:\n  packit:ttl: 48h\n`);
    assert.deepEqual(await left(true), [
      `namespace packit-${NAME}`,
      `namespace packit-${NAME}-sandbox`,
      `clusterrole ${NAME}-reader`,
      "persistentvolume pv-1",
      `lease instance-${NAME}`,
      "lease place-0",
      `stack ${NAME}`,
      `settings file Pulumi.${NAME}.yaml`,
    ]);
  });

  it("does not count a settings file that its user has written", async () => {
    writeFileSync(join(paths.root, `Pulumi.${NAME}.yaml`), "config:\n  packit:ttl: 3h\n");
    assert.deepEqual(await left(), []);
  });

  it("does not count what one may not look at, and says what could not be looked at", async () => {
    cluster.refused.set(`GET ${ROLES}`, 403);
    cluster.refused.set(`GET ${VOLUMES}`, 500);
    assert.deepEqual(await left(), ["persistentvolumes cannot be listed (HTTP 500)"]);
  });
});
