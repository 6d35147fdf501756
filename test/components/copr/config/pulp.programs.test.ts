import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { request } from "undici";

import { pulpFrontConfig } from "../../../../components/copr/config/pulp";
import { program } from "../../../support/programs";
import { freePort, sandbox } from "../../../support/sandbox";

describe("nginx with the configuration of Pulp's front", () => {
  const nginx = program("nginx");
  const box = sandbox();
  const servers: Server[] = [];
  let port: number;

  /** A program of Pulp's that says what it was asked. */
  async function startServer(name: string): Promise<number> {
    const server = createServer((incoming, answer) => {
      let size = 0;
      incoming.on("data", (chunk: Buffer) => (size += chunk.length));
      incoming.on("end", () => answer.end(`${name} ${incoming.method ?? ""} ${incoming.url ?? ""} ${size}`));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }

  before(async () => {
    port = await freePort();
    const ports = { api: await startServer("api"), content: await startServer("content") };
    const text = pulpFrontConfig({ listen: `127.0.0.1:${port}`, scratch: box().folder, ports });
    const file = box().write("nginx.conf", text);
    const check = box().run(nginx, ["-t", "-e", "stderr", "-c", file]);
    assert.equal(check.status, 0, check.output);
    assert.doesNotMatch(check.output, /\[(warn|alert|emerg)\]/);
    await box().start(nginx, ["-e", "stderr", "-c", file], () =>
      ask("/").then(
        () => true,
        () => false,
      ),
    );
  });

  after(() => {
    for (const server of servers) server.close();
  });

  async function ask(path: string, body?: Buffer): Promise<{ status: number; text: string }> {
    const { statusCode, body: answer } = await request(`http://127.0.0.1:${port}${path}`, {
      method: body === undefined ? "GET" : "PUT",
      ...(body !== undefined && { body }),
    });
    return { status: statusCode, text: await answer.text() };
  }

  it("B26: has packages and API at one address, and nothing else", async () => {
    const path = "/pulp/content/jdoe/hello/Packages/h/hello-1.0%5E2-1.noarch.rpm";
    assert.equal((await ask(path)).text, `content GET ${path} 0`);
    assert.equal((await ask("/pulp/api/v3/status/?x=1")).text, "api GET /pulp/api/v3/status/?x=1 0");
    for (const other of ["/", "/pulp/", "/admin/", "/pulp/container/"])
      assert.equal((await ask(other)).status, 404, other);
  });

  it("takes packages of any size", async () => {
    const body = Buffer.alloc(8 * 2 ** 20);
    assert.equal(
      (await ask("/pulp/api/v3/uploads/1/", body)).text,
      `api PUT /pulp/api/v3/uploads/1/ ${body.length}`,
    );
  });
});
