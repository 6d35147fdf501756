import assert from "node:assert/strict";

import { closureFindings } from "../../support/closure";
import { deployCopr, type DeployedCopr } from "./deployed";

interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

describe("a Copr that runs a checkout", () => {
  let deployed: DeployedCopr;
  before(async () => {
    deployed = await deployCopr("copr-dev", { sourcePath: "/home/me/copr" });
  });

  const mountsOf = (owner: string): readonly Mount[] =>
    deployed.objects.pods
      .filter((pod) => pod.owner.name === owner)
      .flatMap(({ containers }) => containers.flatMap(({ volumeMounts = [] }) => volumeMounts as Mount[]))
      .filter(({ name }) => name === "copr-source");
  const python = (owner: string): unknown[] =>
    deployed.objects.pods
      .filter((pod) => pod.owner.name === owner)
      .flatMap(({ containers }) => containers.flatMap(({ env = [] }) => env))
      .flatMap(({ name, value }) => (name === "PYTHONPATH" ? [value] : []));

  it("has it as a volume of the cluster, which nobody can change or delete", () => {
    const [volume] = deployed.objects.ofKind("PersistentVolume");
    assert.equal(volume?.name, "copr-dev-source");
    assert.deepEqual(volume.body.spec.hostPath, { path: "/home/me/copr", type: "Directory" });
    assert.equal(volume.body.spec.persistentVolumeReclaimPolicy, "Retain");
    assert.deepEqual(volume.body.spec.claimRef, { namespace: "copr-dev", name: "copr-source" });
    assert.deepEqual(closureFindings(deployed.objects), []);
  });

  it("gives each service its own part, to read", () => {
    const frontend = mountsOf("copr-frontend");
    assert.ok(frontend.length > 0 && frontend.every(({ readOnly }) => readOnly === true));
    assert.ok(frontend.some(({ mountPath }) => mountPath === "/usr/share/copr/coprs_frontend"));
    assert.equal(mountsOf("copr-database-job").length, 2);
    assert.ok(mountsOf("copr-keygen").some(({ subPath }) => subPath === "keygen/src/copr_keygen"));
    assert.deepEqual([...new Set(python("copr-backend"))], ["/opt/copr/backend:/opt/copr/common"]);
    assert.deepEqual([...new Set(python("copr-distgit"))], ["/opt/copr/dist-git:/opt/copr/common"]);
  });

  it("gives nothing of it to what is not of the checkout", () => {
    for (const owner of ["copr-backend-httpd", "postgres-15", "valkey"])
      assert.deepEqual([owner, mountsOf(owner)], [owner, []]);
  });

  it("has nothing of the kind without the setting", async () => {
    const { objects } = await deployCopr("copr-dev");
    assert.deepEqual(objects.ofKind("PersistentVolume"), []);
    assert.doesNotMatch(JSON.stringify(objects.pods.map(({ spec }) => spec)), /copr-source|PYTHONPATH/);
  });
});
