import assert from "node:assert/strict";

import * as k8s from "@pulumi/kubernetes";

import { CoprDatabaseDump } from "../../../components/copr/database-dump";
import { runMocked, type Stack } from "../../support/mocks";
import { containerOf, data, image, secret, site } from "./fixtures";

describe("CoprDatabaseDump", () => {
  let stack: Stack;
  before(async () => {
    stack = await runMocked(() => {
      const server = new k8s.core.v1.ConfigMap("server", { metadata: { name: "server" } });
      return new CoprDatabaseDump("copr-database-dump", {
        site,
        image,
        dump: "http://dumps.example.org/copr_db.gz",
        database: secret("copr-database", {
          "database-user": "copr-fe",
          "database-password": "hidden-value",
          "database-name": "coprdb",
        }),
        host: "postgresql",
        data,
        programs: { "main.py": "print('dump')" },
        after: [server],
      });
    });
  });
  const job = () => stack.object("Job", "copr-database-dump");

  it("runs the program with the dump's address, in the server's own image", () => {
    const {
      command,
      args,
      image: used,
    } = containerOf({ ...job(), spec: { template: job().spec.template } }, "copr-database-dump");
    assert.deepEqual(
      [...command, ...args],
      ["python3", "-B", "/jobs/main.py", "http://dumps.example.org/copr_db.gz"],
    );
    assert.equal(used, image.reference);
    assert.ok(!JSON.stringify(job()).includes("hidden-value"));
  });

  it("S14: connects to the database and to where the dump is", () => {
    const { ingress, egress } = stack.object("NetworkPolicy", "copr-database-dump").spec;
    assert.deepEqual(ingress, []);
    const [, database, web] = egress;
    assert.deepEqual(database.to[0].podSelector.matchExpressions[0].values, [data.database]);
    assert.deepEqual(web, { ports: [{ protocol: "TCP", port: 80 }] });
  });

  it("comes after the server, and gives up some time", () => {
    const { dependencies } = stack.resource("Job", "copr-database-dump");
    assert.ok(
      dependencies.some((urn) => urn.endsWith("::server")),
      dependencies.join(),
    );
    assert.equal(job().spec.activeDeadlineSeconds, 14_400);
    assert.equal(job().spec.backoffLimit, 2);
  });
});
