import assert from "node:assert/strict";

import { web, type Example } from "./example";
import { ClusterObjects } from "./objects";
import { unwritablePaths, type WrittenPaths } from "./writable";

const ROOT = "the root";

function findings(example: Example, table: WrittenPaths): string[] {
  return unwritablePaths(new ClusterObjects(example.registered()), table);
}

describe("the paths that containers write", () => {
  it("are volumes: a claim, a claim's template or an empty folder", () => {
    const example = web();
    example.pods.volumes.push({ name: "tmp", emptyDir: {} });
    example.container.volumeMounts.push({ name: "tmp", mountPath: "/tmp" });
    const worker = example.object("StatefulSet", "worker").spec.template.spec.containers[0];
    worker.securityContext = { readOnlyRootFilesystem: true };
    const table = { web: ["/var/lib/web/log", "/tmp"], worker: ["/cache"] };
    assert.deepEqual(findings(example, table), []);
  });

  it("are neither files of a Secret, nor read-only, nor beside a volume of a similar name", () => {
    const example = web();
    example.container.volumeMounts.push({ name: "data", mountPath: "/backup", readOnly: true });
    const paths = ["/etc/web/pid", "/backup/today", "/var/lib/web-log"];
    assert.deepEqual(
      findings(example, { web: paths, worker: ROOT }),
      paths.map((path) => `Deployment/web, container web: ${path} is no writable volume`),
    );
  });

  it("must be known of every container", () => {
    assert.deepEqual(findings(web(), { worker: ROOT }), [
      "Deployment/web, container web: nothing is known of the paths that it writes to",
    ]);
  });

  it("leave the root open only where the table says so", () => {
    assert.deepEqual(findings(web(), { web: ROOT, worker: [] }), [
      "Deployment/web, container web: it writes into its root, which is read-only",
      "StatefulSet/worker, container worker: its root is writable without need",
    ]);
  });
});
