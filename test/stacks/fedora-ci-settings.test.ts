import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";

import { packitRules } from "../../cli/commands/secrets/rules";
import { hostsWithoutCertificate } from "../../cli/commands/secrets/checks/hosts";
import { selfSigned } from "../../local/plugins/tls/certificate";
import { packit } from "../../stacks/packit";
import { clusterProvider } from "../../stacks/parts/cluster";
import { jobPrograms } from "../../stacks/parts/job-programs";
import { secretsNeeded } from "../../stacks/settings";
import { environmentOf } from "../components/packit/fixtures";
import { runMocked } from "../support/mocks";
import { EVERY_SECRET } from "./everything";
import { load, ROOT, tracked } from "./settings/loading";

/** The certificate that docs/fedora-ci.md asks for, by stack. */
const CERTIFICATES = {
  "fedora-ci-stg": ["stg.fedora-ci.packit.dev", "*.stg.fedora-ci.packit.dev"],
  "fedora-ci-prod": ["*.fedora-ci.packit.dev"],
} as const;

describe("Fedora CI's settings", () => {
  it("decide on image, tasks and a sidecar for the logs", async () => {
    const values = {
      ...tracked("fedora-ci-prod"),
      images: { worker: { source: "quay.io/packit/packit-worker:prod" } },
      celery: { app: "packit_service.worker.tasks" },
      components: { fluentdSidecar: true },
    };
    const settings = load("fedora-ci-prod", { values, local: true });
    const stack = await runMocked(() =>
      packit(
        { settings, secrets: { aws: { accessKeyId: "key", secretAccessKey: "secret" }, ...EVERY_SECRET } },
        clusterProvider(settings, ROOT),
        jobPrograms(ROOT),
      ),
    );
    const worker = stack.object("StatefulSet", "packit-worker-short-running");
    assert.equal(environmentOf(worker).APP, "packit_service.worker.tasks");
    const [tag] = stack.object("ImageStream", "packit-worker").spec.tags;
    assert.equal(tag.from.name, "quay.io/packit/packit-worker:prod");
    const names = worker.spec.template.spec.containers.map(({ name }: { name: string }) => name);
    assert.deepEqual(names.sort(), ["fluentd-sidecar", "packit-worker"]);
  });

  it("hold a pinned worker at its digest, out of reach of the weekly import, and let it go again", () => {
    const worker = (image: object) =>
      load("fedora-ci-prod", {
        values: { ...tracked("fedora-ci-prod"), images: { worker: image } },
        local: true,
      }).imageUses.find(({ use }) => use === "worker");
    const pin = `sha256:${"a".repeat(64)}`;
    assert.equal(worker({})?.stream?.onSchedule, true);
    assert.equal(worker({ pin })?.stream?.onSchedule, false);
    assert.equal(worker({ pin })?.reference, `quay.io/packit/fedora-ci-worker@${pin}`);
  });

  it("ask for secrets of its own, and for none of what only Packit has", () => {
    const needed = secretsNeeded(load("fedora-ci-prod", { local: true })).map(({ path }) => path.join("."));
    for (const wanted of [
      "tls.privkey",
      "keytab",
      "ssh.privateKey",
      "messaging.queue",
      "flower.users",
      "sentry.dsn",
    ]) {
      assert.ok(
        needed.some((path) => path.startsWith(wanted)),
        `${wanted} of ${needed.join(" ")}`,
      );
    }
    for (const wanted of ["testingFarmSecret", "logdetectiveToken"]) {
      assert.ok(needed.includes(`service.${wanted}`), needed.join(" "));
    }
    assert.deepEqual(
      needed.filter((path) => path.startsWith("forgeTokens")),
      ["forgeTokens.src.fedoraproject.org"],
    );
    assert.deepEqual(
      needed.filter((path) => /^(?:copr|githubApp|centpkgSig|splunk|centosmsg|tokman)/.test(path)),
      [],
    );
  });

  for (const [name, dnsNames] of Object.entries(CERTIFICATES)) {
    it(`need in ${name} the certificate that the guide names, and neither less nor Packit's`, async () => {
      const { hosts } = packitRules(load(name, { local: true }));
      const uncovered = async (names: readonly string[]): Promise<readonly string[]> => {
        const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
        const { pem } = await selfSigned({
          privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
          subject: { commonName: "Fedora CI" },
          dnsNames: [...names],
          allowedUses: ["digital_signature", "server_auth"],
          validityPeriodHours: 24,
        });
        return hostsWithoutCertificate(hosts, { tls: { fullchain: pem } });
      };
      assert.ok(hosts.length >= 2, hosts.join(" "));
      assert.deepEqual(await uncovered(dnsNames), []);
      for (const one of dnsNames) {
        assert.notDeepEqual(
          await uncovered([...dnsNames.filter((other) => other !== one), "*.packit.dev"]),
          [],
        );
      }
    });
  }
});
