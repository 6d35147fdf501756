import assert from "node:assert/strict";

import fc from "fast-check";

import { SettingsError } from "../../../stacks/settings";
import { findingAbout, findingsOf, load, loadAll } from "./loading";

describe("what is wrong with settings", () => {
  it("is told all at once", () => {
    const keys = findingsOf("dev", {
      values: { platform: "mainframe", workers: { all: { replicas: -1 } }, wrokers: {}, ttl: "72h" },
    }).map((finding) => finding.key);
    assert.deepEqual(keys, [
      "packit:platform",
      "packit:workers.all.replicas",
      "packit:wrokers",
      "packit:ttl",
    ]);
  });

  it("names key, value, what is allowed and the fix", () => {
    assert.deepEqual(
      findingAbout("packit:database.version", "dev", { values: { database: { version: 12 } } }),
      {
        key: "packit:database.version",
        problem: "has a value that is not allowed",
        seen: "12",
        allowed: "13, 14, 15 or 16",
        fix: "for example: pulumi config set -s dev --path packit:database.version 15",
      },
    );
  });

  it("reads well", () => {
    const message = messageOf("dev", { platform: "mainframe", wrokers: 1 });
    assert.equal(
      message.replace(/allowed: platform, .*/, "allowed: …"),
      `Stack dev: 2 problems

  packit:platform: has a value that is not allowed
    seen:    mainframe
    allowed: kubernetes, openshift or mpp
    fix:     for example: pulumi config set -s dev --path packit:platform kubernetes

  packit:wrokers: no such setting
    seen:    1
    allowed: …
    fix:     did you mean packit:workers?`,
    );
  });

  it("refuses an unknown key in a group, with the nearest known one", () => {
    const about = findingAbout("packit:workers.longRunnin", "dev", {
      values: { workers: { longRunnin: {} } },
    });
    assert.equal(about.fix, "did you mean packit:workers.longRunning?");
  });

  it("refuses an unknown key in a group that is left out otherwise", () => {
    const values = { database: { beside: { version: 16, stroage: "1Gi" } } };
    const about = findingAbout("packit:database.beside.stroage", "dev", { values });
    assert.equal(about.fix, "did you mean packit:database.beside.storage?");
  });

  it("refuses an unknown key in a list's entry", () => {
    const values = { forges: [{ name: "a", instanceUrl: "https://a.b", tokn: "x" }] };
    assert.equal(findingAbout("packit:forges[0].tokn", "dev", { values }).problem, "no such setting");
  });

  it("refuses an unknown repository, with the nearest known one", () => {
    const about = findingAbout("packit:pulls.ogre", "dev-mine", { values: { pulls: { ogre: 1, ogr: 2 } } });
    assert.equal(about.fix, "did you mean packit:pulls.ogr?");
  });

  it("proposes nothing when no known key is near", () => {
    const about = findingAbout("packit:quux", "dev", { values: { quux: 1 } });
    assert.equal(about.fix, "remove it, or take one of the known ones");
  });

  it("says what is missing in a list's entry", () => {
    const values = { forges: [{ name: "a" }] };
    const about = findingAbout("packit:forges[0].instanceUrl", "dev", { values });
    assert.equal(about.problem, "is missing");
    assert.match(about.fix, /'packit:forges\[0\]\.instanceUrl' https:\/\/gitlab\.com$/);
  });

  it("says what kind of thing stands where another belongs", () => {
    const problem = (values: Record<string, unknown>, key: string) =>
      findingAbout(key, "dev", { values }).problem;
    assert.equal(problem({ forges: "github.com" }, "packit:forges"), "is text");
    assert.equal(problem({ workers: [] }, "packit:workers"), "is a list");
    assert.equal(problem({ platform: {} }, "packit:platform"), "has a value that is not allowed");
    assert.equal(problem({ api: { replicas: { a: 1 } } }, "packit:api.replicas"), "is a group of settings");
    assert.equal(problem({ owner: null }, "packit:owner"), "is empty");
  });

  it("refuses a label's key that Kubernetes does not take", () => {
    const about = findingAbout('packit:labels["a b"]', "dev", { values: { labels: { "a b": "c" } } });
    assert.equal(about.problem, "has a name that is not allowed");
    assert.equal(about.allowed, "a Kubernetes label key");
  });

  it("names the base's file when the value is from there", () => {
    const files = { dev: "config:\n  packit:keyValue:\n    kind: memcached\n" };
    const about = findingAbout("packit:keyValue.kind", "dev-pr-614", { files });
    assert.equal(about.file, "Pulumi.dev.yaml");
    assert.match(messageOf("dev-pr-614", {}, files), /\n {4}in: {6}Pulumi\.dev\.yaml\n/);
  });

  it("never shows a value that is encrypted", () => {
    const values = { owner: "hunter 2", cluster: { kubeconfig: "", context: "hunter\n2" } };
    const findings = findingsOf("dev", { values, secretKeys: ["owner", "cluster"] });
    assert.equal(findings.length, 3);
    assert.doesNotMatch(JSON.stringify(findings), /hunter/);
  });

  it("shortens long values", () => {
    const about = findingAbout("packit:platform", "dev", { values: { platform: "x".repeat(200) } });
    assert.equal(about.seen?.length, 80);
  });

  it("quotes for the shell what it reads otherwise", () => {
    const about = findingAbout("packit:service.admins", "dev", { values: { service: { admins: "me" } } });
    assert.match(about.fix, /--path packit:service\.admins '\["octocat"\]'$/);
  });

  it("takes numbers and booleans as text, as the engine writes them", () => {
    const values = {
      workers: { all: { replicas: "3", limits: { cpu: 2 } } },
      database: { version: "16" },
      components: { beat: "true" },
      service: { defaultParseTimeMacros: { fedora: 0 } },
    };
    const settings = load("dev", { values });
    assert.equal(settings.workers.all.replicas, 3);
    assert.equal(settings.workers.all.limits.cpu, "2");
    assert.equal(settings.database.version, 16);
    assert.equal(settings.components.beat, true);
    assert.equal(settings.service.defaultParseTimeMacros?.fedora, "0");
  });

  it("takes any value or refuses it with a SettingsError", () => {
    const key = fc.constantFrom("workers", "database", "images", "labels", "pulls", "forges", "secrets", "x");
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.jsonValue()),
        fc.constantFrom("dev", "prod", "dev-pr-1"),
        (values, name) => {
          try {
            loadAll(name, { values, local: true });
          } catch (error) {
            assert.ok(error instanceof SettingsError, String(error));
            assert.ok(error.findings.length > 0);
          }
        },
      ),
    );
  });
});

function messageOf(name: string, values: Record<string, unknown>, files?: Record<string, string>): string {
  try {
    load(name, { values, ...(files !== undefined && { files }) });
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
  }
  return assert.fail("nothing was refused");
}
