import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";

import {
  BACKENDS_FILE,
  BACKENDS_PATH,
  backendsFile,
  serverFile,
} from "../../../components/packit/config/dashboard";
import { HEADLESS } from "../../support/browser";
import { selfSigned } from "../../support/certificate";
import { program } from "../../support/programs";
import { freePort, sandbox } from "../../support/sandbox";

const BACKENDS = [
  { name: "Packit", context: "packit", host: "prod.packit.dev" },
  { name: "Fedora CI", context: "fedora-ci", host: "prod.fedora-ci.packit.dev" },
];

/** As near to them as can be: the image's own policy let it in. */
const STRANGER = "https://stranger.packit.dev/api";

/** A page that asks everybody in the list, and a stranger, and shows who has answered. */
const PAGE = `<!doctype html><title>asking</title><pre id="answers"></pre><script src="/page.js"></script>`;
const SCRIPT = `
const ask = (name, api) => fetch(api).then((answer) => answer.text(), () => "refused").then((text) => name + ": " + text);
fetch("${BACKENDS_PATH}").then((answer) => answer.json()).then(({ backends }) => Promise.all([
  ...backends.map(({ name, api }) => ask(name, api)),
  ask("stranger", "${STRANGER}"),
])).then((lines) => { document.getElementById("answers").textContent = lines.join("; "); });
`;

describe("the dashboard's configuration for several services", () => {
  const httpd = program("apache2");
  const chromium = program("chromium");
  const box = sandbox();
  let apis: Server;

  before(async () => {
    const { certificate, key } = await selfSigned("prod.packit.dev");
    apis = createServer({ cert: certificate, key }, (request, response) => {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.end(`data of ${request.headers.host ?? ""}`);
    });
    await new Promise<void>((resolve) => apis.listen(0, "127.0.0.1", resolve));
  });
  after(() => {
    apis.closeAllConnections();
    apis.close();
  });

  it("lets pages in a browser load the data of all of them, and nobody else's", async () => {
    const port = await freePort();
    box().write(BACKENDS_FILE, backendsFile(BACKENDS));
    box().write("backends.conf", serverFile(BACKENDS));
    box().write("index.html", PAGE);
    box().write("page.js", SCRIPT);
    box().write("mime.types", "");
    const config = box().write("httpd.conf", serverConfig(box().folder, port));
    const page = `http://127.0.0.1:${port}/index.html`;
    await box().start(httpd, ["-f", config, "-DFOREGROUND"], () =>
      fetch(page).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    const policy = (await fetch(page)).headers.get("content-security-policy");
    assert.equal(policy, "default-src 'self' https://prod.packit.dev https://prod.fedora-ci.packit.dev");

    const { port: apiPort } = apis.address() as AddressInfo;
    const output = await browse(chromium, page, box().folder, [
      `MAP *.packit.dev 127.0.0.1:${apiPort}`,
      // A browser asks for addresses of its maker's by itself.
      "MAP * ~NOTFOUND",
      "EXCLUDE 127.0.0.1",
    ]);
    const answers = /<pre id="answers">(.*)<\/pre>/.exec(output)?.[1];
    assert.equal(
      answers,
      "Packit: data of prod.packit.dev; Fedora CI: data of prod.fedora-ci.packit.dev; stranger: refused",
      output,
    );
    assert.match(output, /stranger\.packit\.dev.*violates the following Content Security Policy/);
  });
});

/**
 * What a headless browser makes of a page, and what it says of that.
 *
 * @param resolver - Which names have which addresses.
 */
async function browse(
  chromium: string,
  page: string,
  folder: string,
  resolver: readonly string[],
): Promise<string> {
  const args = [
    ...HEADLESS,
    "--ignore-certificate-errors",
    `--user-data-dir=${folder}/profile`,
    `--host-resolver-rules=${resolver.join(", ")}`,
    "--enable-logging=stderr",
    "--virtual-time-budget=10000",
    "--dump-dom",
    page,
  ];
  const { stdout, stderr } = await promisify(execFile)(chromium, args, {
    env: { PATH: process.env.PATH, HOME: folder },
    timeout: 60_000,
  });
  return stderr + stdout;
}

/** A server with the part of its configuration that the dashboard's image has, as far as this is about. */
function serverConfig(folder: string, port: number): string {
  const modules = ["mpm_event", "authz_core", "alias", "dir", "headers", "mime"];
  return [
    `ServerRoot ${folder}`,
    "ServerName dashboard.packit.dev",
    `Listen 127.0.0.1:${port}`,
    `PidFile ${folder}/httpd.pid`,
    `DefaultRuntimeDir ${folder}`,
    "ErrorLog /dev/stderr",
    ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    `TypesConfig ${folder}/mime.types`,
    "AddType text/javascript .js",
    "AddType application/json .json",
    `DocumentRoot ${folder}`,
    `Alias ${BACKENDS_PATH} ${folder}/${BACKENDS_FILE}`,
    "Header set Content-Security-Policy \"default-src 'self' *.packit.dev\"",
    `Include ${folder}/backends.conf`,
    "",
  ].join("\n");
}
