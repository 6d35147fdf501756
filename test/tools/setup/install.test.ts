import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findCachedEngine, installEngine } from "../../../tools/setup/engine";
import { installOfficial } from "../../../tools/setup/plugins";
import { projectRoot } from "../../../tools/setup/project";
import { checkRequirements } from "../../../tools/setup/requirements";
import { engineVersion } from "../../../tools/setup/versions";

const root = projectRoot();

/** Sets variables of this process for the time of `action`. */
async function withEnvironment<T>(
  values: Readonly<Record<string, string>>,
  action: () => Promise<T>,
): Promise<T> {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, process.env[name]]));
  Object.assign(process.env, values);
  try {
    return await action();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) {
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = value;
      }
    }
  }
}

describe("installing what is official", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "install-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  describe("from an archive", () => {
    let server: Server;
    let archive: Buffer | undefined;
    let url = "";
    const asked: string[] = [];
    beforeEach(async () => {
      asked.length = 0;
      server = createServer((request, response) => {
        asked.push(request.url ?? "");
        response.statusCode = archive === undefined ? 404 : 200;
        response.end(archive);
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach(() => {
      server.close();
    });

    const pack = (script: string): void => {
      mkdirSync(join(folder, "pulumi"));
      writeFileSync(join(folder, "pulumi", "pulumi"), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, "pulumi", "pulumi"), 0o755);
      archive = execFileSync("tar", ["-czf", "-", "-C", folder, "pulumi"]);
    };

    it("puts pulumi into the cache, where the next set-up finds it", async () => {
      pack(`echo v${engineVersion}`);
      const cache = join(folder, "cache");
      const engine = await installEngine(root, cache, url);
      assert.equal(engine.pulumiSource, "installed");
      assert.ok(existsSync(engine.pulumi));
      assert.deepEqual(findCachedEngine(root, cache), engine);
      assert.match(asked.join(), new RegExp(`^/releases/sdk/pulumi-v${engineVersion}-`));
    });

    it("keeps nothing of an archive that cannot be had, or that does not run", async () => {
      const cache = join(folder, "cache");
      archive = undefined;
      await assert.rejects(installEngine(root, cache, url), /curl.*failed/);
      pack("exit 1");
      await assert.rejects(installEngine(root, cache, url), /does not run/);
      assert.equal(findCachedEngine(root, cache), undefined);
    });
  });

  describe("plugins", () => {
    const need = { name: "random", version: "4.21.2" };
    const plugin = join("plugins", "resource-random-v4.21.2", "pulumi-resource-random");

    it("takes over one that the user has, and knows it the next time", async () => {
      const own = join(folder, "own");
      const home = join(folder, "home");
      mkdirSync(join(own, "plugins", "resource-random-v4.21.2"), { recursive: true });
      writeFileSync(join(own, plugin), "official");
      await withEnvironment({ PULUMI_HOME: own }, () => installOfficial("pulumi", home, [need], true));
      assert.equal(readFileSync(join(home, plugin), "utf8"), "official");
      rmSync(own, { recursive: true });
      await withEnvironment({ PULUMI_HOME: own }, () => installOfficial("pulumi", home, [need], true));
    });

    it("does not download one while PACKIT_OFFLINE is set", async () => {
      const home = join(folder, "home");
      await withEnvironment({ PULUMI_HOME: join(folder, "none") }, () =>
        assert.rejects(installOfficial("pulumi", home, [need], true), /PACKIT_OFFLINE/),
      );
    });
  });

  it("names every program that is missing at once, with its version", async () => {
    await withEnvironment({ PATH: folder }, () =>
      assert.rejects(
        checkRequirements(true),
        /Go is missing: install Go 1\.26[^]*Python is missing: install Python 3\.11/,
      ),
    );
  });

  it("needs no Go when nothing is to be built, and Python with its venv module", async () => {
    writeFileSync(join(folder, "python3"), "#!/bin/sh\nexit 1\n");
    chmodSync(join(folder, "python3"), 0o755);
    await withEnvironment({ PATH: folder }, () =>
      assert.rejects(checkRequirements(false), /^[^]*: Python's venv module is missing: .*3\.11/),
    );
    writeFileSync(join(folder, "python3"), "#!/bin/sh\necho 3.9.2\n");
    await withEnvironment({ PATH: folder }, () =>
      assert.rejects(checkRequirements(false), /Python 3\.9\.2 is too old: install Python 3\.11/),
    );
  });
});
