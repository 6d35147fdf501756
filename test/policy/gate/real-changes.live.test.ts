import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Verdict } from "../../../policy/gate/judge";
import { UNSAFE_CHANGES } from "../../../policy/gate/registry";
import { Checkout, type Outcome } from "../../support/checkout";
import type { Alterations } from "./altered-program";
import { BASE, INSTANCE, REFUSED, SAFE, UNSAFE } from "./alterations";

const FLAGS = ["--json", "--show-sames", "--show-replacement-steps"];

/** What the gate has to find in production, with the resource that it is about. */
const FOUND: readonly (readonly [rule: string, resource: string])[] = [
  ["state/delete", "PersistentVolumeClaim/gate-deleted"],
  ["state/replace", "PersistentVolumeClaim/gate-class"],
  ["state/namespace", "Namespace/gate-namespace"],
  ["state/storage-class", "PersistentVolumeClaim/gate-class"],
  ["state/reclaim", "PersistentVolumeClaim/gate-reclaim"],
  ["state/protect", "PersistentVolumeClaim/valkey-pvc"],
  ["state/retain", "PersistentVolumeClaim/postgres-15"],
  ["state/deleted-with", "PersistentVolumeClaim/gate-tied"],
  ["state/rename", "PersistentVolumeClaim/gate-old-name"],
  ["state/delete-first", "PersistentVolumeClaim/gate-class"],
  ["images/moving", "Deployment/flower"],
  ["workload/no-replicas", "Deployment/packit-service-fedmsg"],
  ["workload/below-budget", "Deployment/packit-service"],
  ["workload/recreate", "Deployment/packit-dashboard"],
  ["workload/probe", "Deployment/nginx"],
  ["workload/limits", "Deployment/valkey"],
  ["secrets/plain", "Deployment/packit-service-beat"],
  ["tenancy/elsewhere", "ConfigMap/gate-moves"],
  ["tenancy/ignored-security", "RoleBinding/sandbox-cleaner"],
  ["state/unprotect-and-delete", "PersistentVolumeClaim/gate-both"],
  ["scope/share", "Stack/packit-prod"],
  ["tenancy/host", "Route/nginx"],
  ["state/backup", "CronJob/database-backup"],
  ["secrets/in-use", "Secret/gate-secret"],
  ["data/repointed", "Service/postgres"],
  ["identity/broad-role", "RoleBinding/gate-binding"],
];

describe("the gate on production, changed for real on the local control plane", () => {
  let checkout: Checkout;

  const alter = (alterations: Alterations): void => {
    writeFileSync(join(checkout.root, "altered.json"), JSON.stringify(alterations));
  };
  const gate = async (...args: string[]): Promise<Outcome & { readonly verdict: Verdict }> => {
    const outcome = await checkout.stacks("gate", ...args, "--json");
    return { ...outcome, verdict: JSON.parse(outcome.stdout || "{}") as Verdict };
  };
  const generations = async (): Promise<string[]> =>
    (await checkout.objectsOf("prod", "deployments,statefulsets,services,persistentvolumeclaims,routes")).map(
      ({ kind, metadata }) => `${kind}/${metadata.name} ${metadata.uid} ${metadata.generation ?? ""}`,
    );

  before(async () => {
    checkout = Checkout.make();
    cpSync(join(__dirname, "altered-program.ts"), join(checkout.root, "policy", "guard.ts"));
    alter(BASE);
    const secrets = await checkout.stacks("example-secrets", "prod", "--local");
    assert.equal(secrets.code, 0, secrets.output);
    const up = await checkout.stacks("up", "prod", "--local", "--skip-preview");
    assert.equal(up.code, 0, up.output);
  });
  after(() => checkout.close());

  it("finds every unsafe change, and make up stops before anything is touched", async () => {
    alter(UNSAFE);
    const before = await generations();
    const up = await checkout.stacks("up", "prod", "--local", "--yes");
    assert.equal(up.code, 1, up.output);
    assert.match(up.output, /unsafe changes of prod: stopped/);
    assert.deepEqual(await generations(), before);
    const { code, verdict, output } = await gate("prod", "--local", "--share", "5");
    assert.equal(code, 1, output);
    const found = verdict.findings.map(({ rule, resource }) => `${rule} ${resource}`);
    assert.deepEqual(
      FOUND.map((words) => words.join(" ")).filter((words) => !found.includes(words)),
      [],
    );
    assert.doesNotMatch(output + up.output, /hunter2/);
    assert.deepEqual(verdict.errors, []);
  });

  it("finds what cluster and engine refuse too, and never passes their errors", async () => {
    for (const [rule, alterations] of Object.entries(REFUSED)) {
      alter(alterations);
      const { code, verdict } = await gate("prod", "--local");
      assert.equal(code, 1);
      assert.deepEqual(
        verdict.findings.map((finding) => finding.rule),
        [rule],
      );
      assert.notDeepEqual(verdict.errors, []);
    }
  });

  it("passes the safe twin of each, and a file of the same preview without any set-up", async () => {
    alter(SAFE);
    const preview = await checkout.pulumiLocally("prod", "preview", ...FLAGS);
    assert.equal(preview.code, 0, preview.output);
    const file = join(checkout.root, "preview.json");
    writeFileSync(file, preview.stdout);
    const { code, verdict, output } = await gate("prod", "--preview", file);
    assert.equal(code, 0, output);
    assert.deepEqual([verdict.findings, verdict.notes, verdict.errors], [[], [], []]);
    assert.ok((verdict.counts.update ?? 0) >= 8 && (verdict.counts.delete ?? 0) >= 2, output);
  });

  it("keeps test instances in their own namespaces, and bounded", async () => {
    alter(INSTANCE);
    const { code, verdict, output } = await gate("dev-pr-614");
    assert.equal(code, 1, output);
    assert.deepEqual(verdict.findings.map(({ rule }) => rule).sort(), [
      "tenancy/test-instance",
      "tenancy/test-limits",
    ]);
  });

  // Those are changed for real in machines.programs.test.ts.
  it("leaves to others only what Kubernetes has no part in", () => {
    const real = new Set([
      ...FOUND.map(([rule]) => rule),
      ...Object.keys(REFUSED),
      "tenancy/test-instance",
      "tenancy/test-limits",
    ]);
    assert.deepEqual(
      UNSAFE_CHANGES.map(({ id }) => id).filter((id) => !real.has(id)),
      ["network/open", "aws/imds"],
    );
  });
});
