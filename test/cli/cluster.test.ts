import assert from "node:assert/strict";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";

import { type Cluster, connect } from "../../cli/cluster";
import { selfSigned } from "../support/certificate";

describe("a cluster's API server", () => {
  let server: Server;
  let cluster: Cluster;
  const seen: { readonly method?: string; readonly type?: string; readonly body: string }[] = [];

  before(async () => {
    const { certificate, key } = await selfSigned("localhost");
    server = createServer({ cert: certificate, key }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method, headers } = request;
        const type = headers["content-type"];
        const body = Buffer.concat(chunks).toString("utf8");
        seen.push({ ...(method !== undefined && { method }), ...(type !== undefined && { type }), body });
        response.end("{}");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const authority = Buffer.from(certificate).toString("base64");
    cluster = await connect({
      kubeconfig: JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "it",
        clusters: [
          {
            name: "it",
            cluster: { server: `https://localhost:${port}`, "certificate-authority-data": authority },
          },
        ],
        users: [{ name: "it", user: { token: "token" } }],
        contexts: [{ name: "it", context: { cluster: "it", user: "it" } }],
      }),
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("is not found by a kubeconfig that cannot be read, of which nothing secret is told", async () => {
    const said = async (kubeconfig: string): Promise<string> => {
      try {
        return (await connect({ kubeconfig })).server;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    const broken = await said("users:\n- token: hunter2\n bad: : indentation: hunter2\n");
    assert.match(broken, /^the kubeconfig cannot be read: .*\(packit:cluster\.kubeconfig\)$/);
    assert.doesNotMatch(broken, /hunter2/);
    assert.match(
      await said("/nowhere/at/all"),
      /^the kubeconfig \/nowhere\/at\/all cannot be read: .*no such file/,
    );
  });

  it("is told everything that is to be said, with a deletion too", async () => {
    const body = { preconditions: { uid: "ü-1" } };
    const json = "application/json";
    for (const method of ["POST", "PUT", "DELETE"] as const) {
      seen.length = 0;
      await cluster.ask(method, "/apis", body);
      assert.deepEqual(seen, [{ method, type: json, body: JSON.stringify(body) }]);
    }
    seen.length = 0;
    await cluster.ask("PATCH", "/apis", body);
    assert.deepEqual(seen, [
      { method: "PATCH", type: "application/merge-patch+json", body: JSON.stringify(body) },
    ]);
    seen.length = 0;
    await cluster.ask("DELETE", "/apis");
    assert.deepEqual(seen, [{ method: "DELETE", body: "" }]);
  });
});
