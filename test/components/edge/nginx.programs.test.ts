import assert from "node:assert/strict";
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from "node:http";
import { request as secureRequest } from "node:https";
import type { AddressInfo } from "node:net";

import { edgeConf, HEALTH_PATH, type EdgeConfArgs, type Upstream } from "../../../components/edge/edge-conf";
import { htpasswd } from "../../../components/edge/htpasswd";
import { block, line, renderNginx } from "../../../components/edge/nginx-conf";
import { selfSigned, type SelfSigned } from "../../support/certificate";
import { program } from "../../support/programs";
import { freePort, sandbox } from "../../support/sandbox";

const HOST = "workers.example.org";
const USERS = { "flower-boss": "a strong password: ä$%", second: "another" };

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe("nginx with the edge's configuration", () => {
  const nginx = program("nginx");
  const pushgateway = program("prometheus-pushgateway");
  const box = sandbox();
  let certificate: SelfSigned;
  let metrics: Upstream;
  let flower: Upstream;
  let flowerServer: Server;

  before(async () => {
    certificate = await selfSigned(HOST);
    box().write("fullchain.pem", certificate.certificate);
    box().write("privkey.pem", certificate.key);
    box().write("htpasswd", htpasswd("test", USERS));
    metrics = { host: "127.0.0.1", port: await freePort() };
    await box().start(pushgateway, [`--web.listen-address=127.0.0.1:${metrics.port}`], () =>
      answers(`http://127.0.0.1:${metrics.port}/-/ready`),
    );
    flowerServer = await echoServer();
    flower = { host: "127.0.0.1", port: (flowerServer.address() as AddressInfo).port };
  });

  after(() => {
    flowerServer.close();
  });

  /** Starts nginx in front of some of the servers and gives a way to ask it. */
  async function edge(
    upstreams: Partial<Record<"metrics" | "flower", Upstream>>,
  ): Promise<
    (method: string, path: string, user?: string, headers?: Record<string, string>) => Promise<Answer>
  > {
    const port = await freePort();
    const healthPort = await freePort();
    const args: EdgeConfArgs = {
      listen: `127.0.0.1:${port}`,
      listenHealth: `127.0.0.1:${healthPort}`,
      host: HOST,
      certificateFile: box().path("fullchain.pem"),
      keyFile: box().path("privkey.pem"),
      scratch: box().folder,
      ...(upstreams.metrics && { metrics: upstreams.metrics }),
      ...(upstreams.flower && { flower: { ...upstreams.flower, htpasswdFile: box().path("htpasswd") } }),
    };
    const file = box().write(`nginx-${port}.conf`, edgeConf(args));
    const check = box().run(nginx, ["-t", "-e", "stderr", "-c", file]);
    assert.equal(check.status, 0, check.output);
    assert.doesNotMatch(check.output, /\[(warn|alert|emerg)\]/);
    await box().start(nginx, ["-e", "stderr", "-c", file], () =>
      answers(`http://127.0.0.1:${healthPort}${HEALTH_PATH}`),
    );
    return (method, path, user, headers = {}) => ask(port, certificate, method, path, user, headers);
  }

  describe("before a pushgateway and Flower", () => {
    let call: Awaited<ReturnType<typeof edge>>;
    before(async () => {
      call = await edge({ metrics, flower });
      const pushed = await plain(
        "PUT",
        `http://127.0.0.1:${metrics.port}/metrics/job/worker`,
        "tasks_done 7\n",
      );
      assert.equal(pushed.status, 200);
    });

    it("shows what the workers pushed", async () => {
      const answer = await call("GET", "/metrics");
      assert.equal(answer.status, 200);
      assert.match(answer.body, /tasks_done\{.*job="worker"\} 7/);
    });

    it("answers HEAD without a body", async () => {
      const answer = await call("HEAD", "/metrics");
      assert.equal(answer.status, 200);
      assert.equal(answer.body, "");
    });

    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      it(`D27: refuses ${method} to /metrics and says what is allowed`, async () => {
        const answer = await call(method, "/metrics");
        assert.equal(answer.status, 405);
        assert.equal(answer.headers.allow, "GET, HEAD");
      });
    }

    it("D26: demands a password for Flower, its metrics and every other path", async () => {
      for (const path of [
        "/",
        "/flower-metrics",
        "/metrics/",
        "/metrics/job/x",
        "/api/workers",
        "/METRICS",
      ]) {
        const answer = await call("GET", path);
        assert.equal(answer.status, 401, path);
        assert.equal(answer.headers["www-authenticate"], 'Basic realm="Restricted"');
      }
      assert.equal((await call("POST", "/metrics/job/x")).status, 401);
      assert.equal((await call("GET", "/", "flower-boss:wrong")).status, 401);
    });

    for (const [user, password] of Object.entries(USERS)) {
      it(`lets ${user} through to Flower, without handing the password on`, async () => {
        const answer = await call("GET", "/tasks?limit=1", `${user}:${password}`);
        assert.equal(answer.status, 200);
        const seen = JSON.parse(answer.body) as { url: string; headers: IncomingHttpHeaders };
        assert.equal(seen.url, "/tasks?limit=1");
        assert.equal(seen.headers.host, HOST);
        assert.equal(seen.headers["x-real-ip"], "127.0.0.1");
        assert.equal(seen.headers["x-forwarded-proto"], "https");
        assert.equal(seen.headers.authorization, undefined);
      });
    }

    it("maps /flower-metrics to Flower's own /metrics", async () => {
      const answer = await call("GET", "/flower-metrics", `flower-boss:${USERS["flower-boss"]}`);
      assert.equal((JSON.parse(answer.body) as { url: string }).url, "/metrics");
    });

    it("passes on a request to upgrade the connection", async () => {
      const answer = await call("GET", "/", `second:${USERS.second}`, {
        connection: "upgrade",
        upgrade: "websocket",
      });
      const { headers } = JSON.parse(answer.body) as { headers: IncomingHttpHeaders };
      assert.equal(headers.upgrade, "websocket");
      assert.equal(headers.connection, "upgrade");
    });
  });

  it("D07: publishes metrics without Flower, and answers 404 to the rest", async () => {
    const call = await edge({ metrics });
    assert.equal((await call("GET", "/metrics")).status, 200);
    assert.equal((await call("POST", "/metrics")).status, 405);
    for (const path of ["/", "/flower-metrics", "/api/workers", "/metrics/job/x"]) {
      assert.equal((await call("GET", path)).status, 404, path);
    }
  });

  it("D08: publishes Flower without a pushgateway", async () => {
    const call = await edge({ flower });
    assert.equal((await call("GET", "/metrics")).status, 401);
    assert.equal((await call("GET", "/", `second:${USERS.second}`)).status, 200);
  });
});

describe("nginx reading rendered text", () => {
  const nginx = program("nginx");
  const box = sandbox();

  it("takes every character literally", async () => {
    const port = await freePort();
    const text = `a "quoted" 'word', \\back\\slash; {braces} # no comment\n\ttab ä`;
    const file = box().write(
      "nginx.conf",
      renderNginx([
        line("daemon", "off"),
        line("pid", box().path("nginx.pid")),
        line("error_log", "stderr"),
        block("events", [], []),
        block(
          "http",
          [],
          [
            line("access_log", "off"),
            ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) =>
              line(`${kind}_temp_path`, box().path(kind)),
            ),
            block("server", [], [line("listen", `127.0.0.1:${port}`), line("return", 200, text)]),
          ],
        ),
      ]),
    );
    await box().start(nginx, ["-e", "stderr", "-c", file], () => answers(`http://127.0.0.1:${port}/`));
    assert.equal((await plain("GET", `http://127.0.0.1:${port}/`)).body, text);
  });
});

/** Flower's place: tells what it was asked. */
async function echoServer(): Promise<Server> {
  const server = createServer((incoming, answer) => {
    answer.end(JSON.stringify({ url: incoming.url, headers: incoming.headers }));
  });
  // An upgrade is answered like any other request.
  server.on("upgrade", (incoming, socket) => {
    const body = JSON.stringify({ url: incoming.url, headers: incoming.headers });
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function ask(
  port: number,
  trusted: SelfSigned,
  method: string,
  path: string,
  user: string | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  const options = {
    host: "127.0.0.1",
    port,
    servername: HOST,
    ca: trusted.certificate,
    method,
    path,
    headers: {
      host: HOST,
      ...headers,
      ...(user !== undefined && { authorization: `Basic ${Buffer.from(user).toString("base64")}` }),
    },
  };
  return new Promise((resolve, reject) => {
    secureRequest(options, collect(resolve)).on("error", reject).end();
  });
}

function plain(method: string, url: string, body = ""): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { method }, collect(resolve)).on("error", reject).end(body);
  });
}

function collect(done: (answer: Answer) => void): (incoming: IncomingMessage) => void {
  return (incoming) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      done({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
    });
  };
}

async function answers(url: string): Promise<boolean> {
  return (await plain("GET", url).catch(() => undefined))?.status === 200;
}
