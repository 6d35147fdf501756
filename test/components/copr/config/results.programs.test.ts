import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

import { request } from "undici";

import type { Endpoint } from "../../../../components/copr/config/addresses";
import { resultsConfig } from "../../../../components/copr/config/results";
import { program } from "../../../support/programs";
import { freePort, sandbox } from "../../../support/sandbox";

const PROJECT = "results/jdoe/hello/fedora-rawhide-x86_64";
const FILES: Readonly<Record<string, string | Buffer>> = {
  [`${PROJECT}/repodata/repomd.xml`]: "<repomd/>",
  [`${PROJECT}/repodata/abc-primary.xml.gz`]: gzipSync("<metadata/>"),
  [`${PROJECT}/00000001-hello/hello-1.0-1.x86_64.rpm`]: "an rpm",
  [`${PROJECT}/00000001-hello/builder-live.log`]: "line 1\n",
  [`${PROJECT}/00000001-hello/builder-live.log.gz`]: gzipSync("line 1\nline 2\n"),
  [`${PROJECT}/00000001-hello/hello.spec`]: "Name: hello\n",
  [`${PROJECT}/00000001-hello/results.json`]: "{}",
  "stats/graph.png": "png",
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

type Ask = (path: string, method?: "GET" | "HEAD" | "POST" | "DELETE") => Promise<Answer>;

describe("nginx with the configuration of results", () => {
  const nginx = program("nginx");
  const box = sandbox();
  let ask: Ask;
  before(async () => {
    for (const [name, content] of Object.entries(FILES)) publish(name, content);
    ask = await serve();
  });

  function publish(name: string, content: string | Buffer): void {
    const file = join(box().folder, "public_html", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, 0o644);
  }

  /** Starts nginx over the folder. */
  async function serve(pulp?: Endpoint): Promise<Ask> {
    const port = await freePort();
    const text = resultsConfig({
      listen: `127.0.0.1:${port}`,
      publicFolder: box().path("public_html"),
      scratch: box().folder,
      ...(pulp && { pulp }),
    });
    const file = box().write(`nginx-${port}.conf`, text.replace("/nginx.pid", `/nginx-${port}.pid`));
    const check = box().run(nginx, ["-t", "-e", "stderr", "-c", file]);
    assert.equal(check.status, 0, check.output);
    assert.doesNotMatch(check.output, /\[(warn|alert|emerg)\]/);
    const call: Ask = async (path, method = "GET") => {
      const { statusCode, headers, body } = await request(`http://127.0.0.1:${port}${path}`, { method });
      return { status: statusCode, headers, body: Buffer.from(await body.arrayBuffer()) };
    };
    await box().start(nginx, ["-e", "stderr", "-c", file], () =>
      call("/")
        .then(() => true)
        .catch(() => false),
    );
    return call;
  }

  it("C11: lists folders", async () => {
    const root = await ask("/");
    assert.equal(root.status, 200);
    assert.match(root.body.toString(), /href="results\/"[^]*href="stats\/"/);
    const { headers } = await ask("/results");
    assert.equal(headers.location, "/results/");
  });

  it("C11: gives everything the type by which it is shown or kept", async () => {
    const types = async (name: string): Promise<unknown> =>
      (await ask(`/${PROJECT}/${name}`)).headers["content-type"];
    assert.equal(await types("repodata/repomd.xml"), "text/xml");
    assert.equal(await types("repodata/abc-primary.xml.gz"), "application/gzip");
    assert.equal(await types("00000001-hello/hello-1.0-1.x86_64.rpm"), "application/x-rpm");
    assert.equal(await types("00000001-hello/builder-live.log"), "text/plain");
    assert.equal(await types("00000001-hello/builder-live.log.gz"), "text/plain");
    assert.equal(await types("00000001-hello/hello.spec"), "text/plain");
    assert.equal(await types("00000001-hello/results.json"), "application/json");
  });

  it("C11: shows packed logs, and hands packed metadata out as it is", async () => {
    const log = await ask(`/${PROJECT}/00000001-hello/builder-live.log.gz`);
    assert.equal(log.headers["content-encoding"], "gzip");
    const metadata = await ask(`/${PROJECT}/repodata/abc-primary.xml.gz`);
    assert.equal(metadata.headers["content-encoding"], undefined);
    assert.deepEqual(metadata.body, FILES[`${PROJECT}/repodata/abc-primary.xml.gz`]);
  });

  it("C11: lets nobody keep what changes under its name", async () => {
    const caching = async (name: string): Promise<unknown> =>
      (await ask(`/${PROJECT}/${name}`)).headers["cache-control"];
    assert.equal(await caching("repodata/repomd.xml"), "no-cache");
    assert.equal(await caching("00000001-hello/builder-live.log"), "no-store");
    assert.equal(await caching("00000001-hello/hello-1.0-1.x86_64.rpm"), undefined);
    assert.equal(
      (await ask(`/${PROJECT}/00000001-hello/hello.spec`)).headers["x-content-type-options"],
      "nosniff",
    );
  });

  it("takes nothing in, and says not what it is", async () => {
    assert.equal((await ask(`/${PROJECT}/repodata/repomd.xml`, "POST")).status, 405);
    assert.equal((await ask(`/${PROJECT}/repodata/repomd.xml`, "DELETE")).status, 405);
    const missing = await ask(`/${PROJECT}/repodata/missing.xml`);
    assert.equal(missing.status, 404);
    assert.equal(missing.headers.server, "nginx");
  });

  describe("and Pulp", () => {
    let pulp: Server;
    let both: Ask;
    const asked: string[] = [];
    before(async () => {
      pulp = createServer((incoming, answer) => {
        asked.push(`${incoming.method ?? ""} ${incoming.url ?? ""}`);
        answer.end("from Pulp");
      });
      await new Promise<void>((resolve) => pulp.listen(0, "127.0.0.1", resolve));
      both = await serve({ host: "127.0.0.1", port: (pulp.address() as AddressInfo).port });
    });
    after(() => {
      pulp.close();
    });

    it("B26: asks it for packages and metadata that the volume has not", async () => {
      for (const name of [
        "repodata/repomd.xml",
        "repodata/d-primary.xml.zst",
        "repodata/d-other.xml.zck",
        "Packages/h/hello-1.0%5E2-1.noarch.rpm",
      ]) {
        asked.length = 0;
        const answer = await both(`/results/jdoe/other/${name}`);
        assert.equal(answer.body.toString(), "from Pulp");
        assert.deepEqual(asked.map(decodeURIComponent), [
          decodeURIComponent(`GET /pulp/content/jdoe/other/${name}`),
        ]);
      }
      assert.equal(
        (await both("/results/jdoe/other/repodata/repomd.xml")).headers["cache-control"],
        "no-cache",
      );
    });

    it("asks it for nothing else, and changes nothing there", async () => {
      asked.length = 0;
      assert.equal((await both(`/${PROJECT}/repodata/repomd.xml`)).body.toString(), "<repomd/>");
      for (const path of [
        "/results/jdoe/other/build.log",
        "/stats/x.xml",
        "/pulp/content/jdoe/x.rpm",
        "/pulp/results/jdoe/other/x.rpm",
        "/pulp/api/v3/status/",
      ]) {
        assert.equal((await both(path)).status, 404, path);
      }
      assert.equal((await both("/results/jdoe/other/x.rpm", "POST")).status, 403);
      assert.equal((await both("/results/jdoe/other/x.rpm", "DELETE")).status, 403);
      assert.deepEqual(asked, []);
    });
  });
});
