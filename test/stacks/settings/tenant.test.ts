import assert from "node:assert/strict";

import { findingAbout, findingsOf, load, tracked } from "./loading";

const cluster = { kubeconfig: "/etc/kubeconfig", context: "mpp" };

describe("settings on the managed platform", () => {
  it("are Packit's staging and production, each with its labels", () => {
    const labels = (name: string) => {
      const { platform, tenant, appcode, servicePhase, costCenter } = load(name, {
        values: tracked(name),
        local: true,
      });
      return [platform, tenant, appcode, servicePhase, costCenter];
    };
    assert.deepEqual(labels("stg"), ["mpp", "packit", "PCKT-002", "preprod", "700"]);
    assert.deepEqual(labels("prod"), ["mpp", "packit", "PCKT-002", "prod", "700"]);
    assert.equal(load("dev").servicePhase, "lab");
  });

  it("leave the main namespace to those who made it, and ask for that of the sandbox", () => {
    const settings = load("stg", { values: { cluster } });
    assert.equal(settings.namespaceExists, true);
    assert.equal(settings.sandboxNamespace, "packit--stg-sandbox");
    assert.equal(load("stg", { values: { cluster, namespaceExists: false } }).namespaceExists, false);
    const openshift = { cluster, platform: "openshift" };
    assert.equal(load("stg", { values: openshift }).namespaceExists, false);
    assert.equal(load("stg", { values: { ...openshift, namespaceExists: true } }).namespaceExists, true);
  });

  it("find nothing made on the local control plane, nor the platform's class of volumes", () => {
    const { namespaceExists, storageClass } = load("stg", {
      values: { cluster, namespaceExists: true },
      local: true,
    });
    assert.equal(namespaceExists, false);
    assert.equal(storageClass, undefined);
  });

  it("have its class of volumes, unless they name another", () => {
    assert.equal(load("stg", { values: { cluster } }).storageClass, "aws-ebs");
    assert.equal(load("stg", { values: { cluster, storageClass: "gp3" } }).storageClass, "gp3");
    assert.equal(load("dev", { values: { cluster } }).storageClass, undefined);
  });

  it("give a test instance namespaces of the tenant, which it makes", () => {
    const files = { stg: `config: { "packit:platform": mpp, "packit:tenant": packit }` };
    const settings = load("stg-pr-614", { files, values: { cluster } });
    assert.equal(settings.namespace, "packit--stg-pr-614");
    assert.equal(settings.sandboxNamespace, "packit--stg-pr-614-sandbox");
    assert.equal(settings.namespaceExists, false);
    assert.equal(settings.servicePhase, "lab");
  });

  it("are refused with a namespace that is not the tenant's, all of them at once", () => {
    const values = { cluster, namespace: "stg", sandboxNamespace: "other--stg-sandbox" };
    const findings = findingsOf("stg", { values }).filter(({ problem }) => problem.includes("tenant"));
    assert.deepEqual(
      findings.map(({ key, fix }) => [key, fix]),
      [
        ["packit:namespace", "pulumi config set -s stg --path packit:namespace packit--stg"],
        [
          "packit:sandboxNamespace",
          "pulumi config set -s stg --path packit:sandboxNamespace packit--stg-sandbox",
        ],
      ],
    );
    assert.ok(
      findingsOf("stg", { values: { cluster, tenant: "other" } }).some(
        ({ key }) => key === "packit:namespace",
      ),
    );
  });

  it("are refused with a name too long for the tenant's namespace", () => {
    const name = `stg-${"a".repeat(40)}`;
    const values = { platform: "mpp", tenant: "packit-and-others", pulls: { ogr: 1 } };
    assert.match(findingAbout("packit:sandboxNamespace", name, { values }).fix, /shorter label/);
  });

  it("belong to test instances under either form of their namespaces' names", () => {
    const values = { cluster, platform: "openshift", namespace: "packit--stg-pr-1" };
    assert.match(findingAbout("packit:namespace", "prod", { values }).problem, /belongs to test instances/);
  });
});
