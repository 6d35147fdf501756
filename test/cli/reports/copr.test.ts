import assert from "node:assert/strict";
import { resolve } from "node:path";

import { destinationsOf } from "../../../cli/commands/egress/destinations";
import { sumsOf } from "../../../cli/commands/quota/sums";
import { projectPaths } from "../../../cli/paths";
import { coprSettingsOf } from "../../../cli/copr-settings";
import { hasBuilders } from "../../../stacks/settings/copr/fleet";
import { deployedCopr } from "../../stacks/copr/deployed";
import { coprSettings, coprStack, SHARED } from "../../stacks/settings/copr/loading";

const ROOT = resolve(__dirname, "../../..");
const COPRS = ["copr-dev", "copr-stg", "copr-prod"] as const;

const settingsOf = (name: string) => coprSettingsOf(projectPaths(ROOT), coprStack(name));

const { aws, backup, cluster, login, secrets } = SHARED;

/** What a staging Copr with settings of its own connects to. */
function list(values: Readonly<Record<string, unknown>>): string[] {
  const all = { aws, backup, cluster, login, secrets, ...values };
  return destinationsOf(coprSettings("copr-stg", { values: all })).map(
    ({ host, port, from }) => `${from} ${host}:${port}`,
  );
}

describe("the reports on a Copr", () => {
  it("need nothing that only those know who deploy it: cluster, account, digests", () => {
    for (const name of COPRS) {
      const settings = settingsOf(name);
      assert.equal(settings.backup.enabled, name !== "copr-dev");
      assert.equal(hasBuilders(settings), name !== "copr-dev");
      assert.ok(destinationsOf(settings).length > 6, name);
    }
  });

  it("sum up all that it asks for", async () => {
    const { objects } = await deployedCopr("copr-dev");
    const [sums, ...others] = sumsOf(objects.all.map((object) => ({ apiVersion: "", ...object })));
    assert.deepEqual([sums?.namespace, others], ["copr-dev", []]);
    // Ten workloads, of which two are replaced without a pause, and the jobs.
    assert.ok((sums?.pods ?? 0) >= 15, String(sums?.pods));
    assert.ok((sums?.requestedMemory ?? 0) > 4 * 2 ** 30 && (sums?.storage ?? 0) > 10 * 2 ** 30);
  });

  it("list hosts by what the settings ask for", () => {
    const usual = list({});
    for (const destination of [
      "pods copr-stg.packit.dev:443",
      "pods ec2.us-east-1.amazonaws.com:443",
      "pods *.compute-1.amazonaws.com:22",
      "pods id.example.org:443",
      "pods s3.us-east-1.amazonaws.com:443",
      "nodes quay.io:443",
    ])
      assert.ok(usual.includes(destination), `${destination} in ${usual.join(", ")}`);
    assert.ok(!usual.some((destination) => /release-monitoring|smtp/.test(destination)));
    const more = list({
      mail: { relay: "smtp.example.org", port: 587 },
      jobs: { upstreamReleases: { enabled: true } },
      database: { dump: "http://dumps.example.org:8080/copr.gz" },
      aws: { ...aws, region: "eu-west-1", network: { privateAddresses: true, cidr: "10.74.0.0/16" } },
    });
    for (const destination of [
      "pods smtp.example.org:587",
      "pods release-monitoring.org:443",
      "pods dumps.example.org:8080",
      "pods ec2.eu-west-1.amazonaws.com:443",
      "pods 10.74.0.0/16:22",
    ])
      assert.ok(more.includes(destination), `${destination} in ${more.join(", ")}`);
  });

  it("know of no builders where nobody is asked for them", () => {
    const found = destinationsOf(settingsOf("copr-dev")).map(({ host }) => host);
    assert.ok(!found.some((host) => host.includes("amazonaws")), found.join());
  });
});
