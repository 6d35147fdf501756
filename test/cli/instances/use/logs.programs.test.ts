import assert from "node:assert/strict";
import { request } from "node:https";
import { connect } from "node:tls";

import { WITNESSES } from "../../../../cli/instances/use/witnesses";
import { edgeConf } from "../../../../components/edge/edge-conf";
import { htpasswd } from "../../../../components/edge/htpasswd";
import { HTTPS_PORT, httpsProbes } from "../../../../components/packit/https";
import { selfSigned } from "../../../support/certificate";
import { program } from "../../../support/programs";
import { freePort, type Running, sandbox, waitFor } from "../../../support/sandbox";

const HOST = "dev-pr-614.packit.dev";
const NOON = Date.UTC(2026, 10, 22, 12);
const PROBE = "kube-probe/1.33";

/** What a probe would leave behind, were a client able to end its own line or its quotes. */
const FORGED = `" 200 5 "-" "${PROBE}`;

/** Modules of Apache that a server behind TLS needs. */
const MODULES = ["mpm_event", "authz_core", "dir", "mime", "ssl", "http2"];

describe("logs of real web servers", () => {
  const nginx = program("nginx");
  const httpd = program("apache2");
  const box = sandbox();
  before(async () => {
    const { certificate, key } = await selfSigned(HOST);
    box().write("fullchain.pem", certificate);
    box().write("privkey.pem", key);
  });

  /** Sends bytes as they are, from another address than a container's own probe, until the server hangs up. */
  function send(port: number, ...lines: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, localAddress: "127.0.0.2", servername: HOST };
      const socket = connect({ ...options, rejectUnauthorized: false }, () => {
        socket.write([...lines, `Host: ${HOST}`, "Connection: close", "", ""].join("\r\n"), "latin1");
      });
      socket.on("data", () => undefined);
      socket.on("error", reject);
      socket.on("close", () => {
        resolve();
      });
    });
  }

  /** What a component's log says after it was asked for something, by whether its lines tell of use. */
  async function told(component: string, server: Running, asked: () => Promise<void>): Promise<boolean[]> {
    const before = server.output().length;
    await asked();
    const lines = (): readonly string[] => server.output().slice(before).split("\n").slice(0, -1);
    await waitFor(
      () => lines().length > 0,
      () => `nothing was logged:\n${server.output()}`,
    );
    return lines().map((line) => WITNESSES[component]?.(line, NOON) ?? false);
  }

  const listens = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const options = { host: "127.0.0.1", port, path: "/metrics", rejectUnauthorized: false };
      const asked = request(options, (answer) => {
        answer.resume();
        resolve(true);
      });
      asked.on("error", () => {
        resolve(false);
      });
      asked.end();
    });

  it("tell the kubelet from people where agents are written down", async () => {
    const port = await freePort();
    const nobody = { host: "127.0.0.1", port: await freePort() };
    const conf = edgeConf({
      listen: `127.0.0.1:${port}`,
      listenHealth: `127.0.0.1:${await freePort()}`,
      host: HOST,
      certificateFile: box().path("fullchain.pem"),
      keyFile: box().path("privkey.pem"),
      scratch: box().folder,
      metrics: nobody,
      flower: { ...nobody, htpasswdFile: box().write("htpasswd", htpasswd("test", { boss: "secret" })) },
    });
    const server = await box().start(nginx, ["-e", "stderr", "-c", box().write("nginx.conf", conf)], () =>
      listens(port),
    );
    await waitFor(
      () => server.output().includes("/metrics"),
      () => server.output(),
    );
    const ask = (...lines: readonly string[]): Promise<boolean[]> =>
      told("nginx", server, () => send(port, ...lines));
    assert.deepEqual(await ask("GET /dashboard HTTP/1.1", `User-Agent: ${PROBE}`), [false]);
    assert.deepEqual(await ask("GET /dashboard HTTP/1.1", "User-Agent: Mozilla/5.0"), [true]);
    assert.deepEqual(await ask("GET /dashboard HTTP/1.1"), [true]);
    assert.deepEqual(await ask("GET /flower-metrics HTTP/1.1", "User-Agent: Prometheus/3"), [false]);
    const user = Buffer.from(`boss${FORGED}:secret`).toString("base64");
    for (const hostile of [
      [`GET /${FORGED.replaceAll(" ", "+")} HTTP/1.1`, `User-Agent: Mozilla/5.0 ${PROBE}`],
      ["GET / HTTP/1.1", `Referer: ${FORGED}`, "User-Agent: Mozilla/5.0"],
      ["GET / HTTP/1.1", `Authorization: Basic ${user}`, `User-Agent: \\" ${FORGED}`],
      [`GET /\\${FORGED} HTTP/1.1`],
    ])
      assert.deepEqual(await ask(...hostile), [true], hostile.join());
    const fromProbe = [`GET /${FORGED} HTTP/1.1`, `Referer: "Mozilla/5.0"\\`, `User-Agent: ${PROBE}`];
    assert.deepEqual(await ask(...fromProbe.with(0, "GET /%22Mozilla\\ HTTP/1.1")), [false]);
  });

  it("tell a container's own probe from people where they are not", async () => {
    const port = await freePort();
    box().write("index.html", "<!doctype html><title>Packit</title>");
    box().write("mime.types", "");
    const config = box().write("httpd.conf", serverConfig(box().folder, port));
    const server = await box().start(httpd, ["-f", config, "-DFOREGROUND"], () => listens(port));
    await waitFor(
      () => server.output().includes("/metrics"),
      () => server.output(),
    );
    const { readiness } = httpsProbes(HOST, "/", 60);
    const [curl = "", ...args] = (readiness as { exec: { command: string[] } }).exec.command;
    const probe = (): Promise<void> => {
      const { status, output } = box().run(
        curl,
        args.map((arg) => arg.replace(`:${HTTPS_PORT}`, `:${port}`)),
      );
      assert.equal(status, 0, output);
      return Promise.resolve();
    };
    assert.deepEqual(await told("packit-dashboard", server, probe), [false]);
    const ask = (...lines: readonly string[]): Promise<boolean[]> =>
      told("packit-dashboard", server, () => send(port, ...lines));
    for (const people of [
      ["GET / HTTP/1.1"],
      ["GET /projects HTTP/1.1", `User-Agent: ${PROBE}`],
      [`GET /${FORGED} HTTP/1.1`],
      [`GET /${FORGED.replaceAll(" ", "+")} HTTP/1.1`],
      ["GET /\\ HTTP/1.1"],
    ])
      assert.deepEqual(await ask(...people), [true], people.join());
  });
});

/** As `mod_wsgi-express start-server --access-log --log-to-terminal` has it, as far as this is about. */
function serverConfig(folder: string, port: number): string {
  return [
    `ServerRoot ${folder}`,
    `ServerName ${HOST}`,
    `Listen 127.0.0.1:${port}`,
    `PidFile ${folder}/httpd.pid`,
    `DefaultRuntimeDir ${folder}`,
    ...MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    `TypesConfig ${folder}/mime.types`,
    `DocumentRoot ${folder}`,
    "DirectoryIndex index.html",
    "Protocols h2 http/1.1",
    "SSLEngine on",
    `SSLCertificateFile ${folder}/fullchain.pem`,
    `SSLCertificateKeyFile ${folder}/privkey.pem`,
    "ErrorLog /dev/null",
    String.raw`LogFormat "%h %l %u %t \"%r\" %>s %b" common`,
    "CustomLog /dev/stdout common",
    "",
  ].join("\n");
}
