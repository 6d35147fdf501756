import assert from "node:assert/strict";

import { dashboardBackends } from "../../../../stacks/settings/dashboard-backends";
import { findingsOf, load, tracked } from "../loading";

const FEDORA_CI = { name: "Fedora CI", context: "fedora-ci", host: "prod.fedora-ci.packit.dev" };
const cluster = { kubeconfig: "/k", context: "c" };

function problems(backends: readonly object[]): string[] {
  const values = { ...tracked("prod"), cluster, dashboard: { backends } };
  return findingsOf("prod", { values })
    .filter(({ key }) => key.startsWith("packit:dashboard"))
    .map(({ key, problem }) => `${key} ${problem}`);
}

describe("the services that a dashboard shows", () => {
  it("are the stack's own, and those that the settings add", () => {
    const settings = load("prod", {
      values: { ...tracked("prod"), dashboard: { backends: [FEDORA_CI] } },
      local: true,
    });
    assert.deepEqual(dashboardBackends(settings.stack, settings.hosts.api, [FEDORA_CI]), [
      { name: "Packit", context: "packit", host: "prod.packit.dev" },
      FEDORA_CI,
    ]);
    assert.deepEqual(settings.dashboard.backends, [FEDORA_CI]);
  });

  it("differ in name, context and host, also from the stack's own", () => {
    assert.deepEqual(problems([FEDORA_CI]), []);
    const wrong = [
      { ...FEDORA_CI, name: "Packit" },
      { ...FEDORA_CI, context: "packit" },
      { ...FEDORA_CI, host: "prod.packit.dev" },
    ];
    for (const backend of wrong) assert.match(problems([backend]).join(), /backends has the \w+ of another/);
    assert.equal(problems([FEDORA_CI, FEDORA_CI]).length, 3);
  });

  it("have hosts and contexts that can stand in addresses", () => {
    assert.match(problems([{ ...FEDORA_CI, host: "*.packit.dev" }]).join(), /host/);
    assert.match(problems([{ ...FEDORA_CI, context: "Fedora CI" }]).join(), /context/);
  });
});
