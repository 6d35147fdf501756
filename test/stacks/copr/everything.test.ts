import assert from "node:assert/strict";

import { judge, mandatoryRules } from "../../../policy/findings";
import { closureFindings } from "../../support/closure";
import { type DeployedCopr, deployCopr } from "./deployed";

/** Everything that is off by default. */
const EVERYTHING = {
  resultStorage: "pulp",
  mail: { relay: "smtp.example.org", port: 587 },
  jobs: {
    outdatedChroots: { enabled: true },
    upstreamReleases: { enabled: true },
    analyzeResults: { enabled: true },
    pruneDistGit: { enabled: true },
  },
};

describe("a Copr with everything", () => {
  let deployed: DeployedCopr;
  before(async () => {
    deployed = await deployCopr("copr-dev", EVERYTHING);
  });

  it("refers to nothing that is not there", () => {
    assert.deepEqual(closureFindings(deployed.objects), []);
  });

  it("obeys the policy of staging", () => {
    const rules = mandatoryRules("stg");
    const findings = deployed.stack.resources.flatMap((resource) => judge(resource, rules).findings);
    const problems = findings.map(({ where, problem }) => `${where}: ${problem}`);
    // A developer's volumes go with the stack.
    assert.deepEqual(
      problems.filter((line) => !/^(?:Namespace|PersistentVolumeClaim)\//.test(line)),
      [],
    );
  });

  it("B26: tells frontend, backend and the server of results of Pulp, which is there", () => {
    const { stack } = deployed;
    const text = (kind: string, name: string, key: string): string => stack.object(kind, name).data[key];
    assert.match(text("ConfigMap", "copr-frontend-config", "copr.conf"), /^DEFAULT_STORAGE = .pulp.$/m);
    const backend = Buffer.from(text("Secret", "copr-backend-config", "copr-be.conf"), "base64").toString();
    assert.match(backend, /^pulp_content_url = http:\/\/copr-pulp:8080\/pulp\/content\/$/m);
    assert.match(
      text("ConfigMap", "copr-backend-httpd-config", "nginx.conf"),
      /proxy_pass http:\/\/copr-pulp:8080\/pulp\/content\/;/,
    );
    assert.equal(stack.object("Service", "copr-pulp").spec.ports[0].port, 8080);
    const client = Buffer.from(text("Secret", "copr-pulp-client", "cli.toml"), "base64").toString();
    assert.match(client, /^base_url = "http:\/\/copr-pulp:8080"$/m);
  });

  it("B26: has nothing of Pulp where packages are on the volume", async () => {
    const { stack } = await deployCopr("copr-dev");
    const names = stack.resources.map(({ name }) => name).filter((name) => name.includes("pulp"));
    assert.deepEqual(names, []);
    const conf = stack.object("ConfigMap", "copr-frontend-config").data["copr.conf"];
    assert.match(conf, /^SEND_EMAILS = False$/m);
  });

  it("C33: sends mail, and takes it in the pods that do", () => {
    const { stack } = deployed;
    assert.match(
      stack.object("ConfigMap", "copr-frontend-config").data["copr.conf"],
      /^SEND_EMAILS = True$/m,
    );
    assert.deepEqual(Object.keys(stack.object("ConfigMap", "copr-mail").data).sort(), ["main.py", "smtp.py"]);
  });
});
