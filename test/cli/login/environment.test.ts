import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { pulumiEnvironment } from "../../../cli/environment";
import { forgetLogin, type Login, readLogin, writeLogin } from "../../../cli/login";
import type { ProjectPaths } from "../../../cli/paths";
import { emptyProject } from "../../support/project";

describe("where commands keep state", () => {
  let paths: ProjectPaths;
  const login: Login = { backend: "s3://state", secretsProvider: "passphrase", passphraseFile: "/given" };

  beforeEach(() => {
    paths = emptyProject();
    const { root } = paths;
    mkdirSync(paths.local);
    const tool = { pulumi: root, pulumiHome: root, kubernetesBin: root, kwokStages: root, definitions: root };
    writeFileSync(join(paths.local, "toolchain.json"), JSON.stringify(tool));
  });
  afterEach(() => {
    rmSync(paths.root, { recursive: true });
  });

  it("is the checkout's own folder as long as nobody has logged in", () => {
    const environment = pulumiEnvironment(paths, false, {});
    assert.match(environment.PULUMI_BACKEND_URL ?? "", /^file:.*\/\.local\/state/);
    assert.equal(environment.PULUMI_CONFIG_PASSPHRASE_FILE, paths.passphrase);
  });

  it("is where the login says, with the passphrase of its file", () => {
    writeLogin(paths.login, login);
    const environment = pulumiEnvironment(paths, false, {});
    assert.equal(environment.PULUMI_BACKEND_URL, "s3://state");
    assert.equal(environment.PULUMI_CONFIG_PASSPHRASE_FILE, "/given");
  });

  it("stays the checkout's own for what runs on this machine", () => {
    writeLogin(paths.login, login);
    const environment = pulumiEnvironment(paths, true, { PULUMI_BACKEND_URL: "s3://other" });
    assert.match(environment.PULUMI_BACKEND_URL ?? "", /\.local\/state/);
    assert.equal(environment.PULUMI_CONFIG_PASSPHRASE_FILE, paths.passphrase);
  });

  it("is where the caller's own variables say, whatever is remembered", () => {
    writeLogin(paths.login, login);
    const other = pulumiEnvironment(paths, false, { PULUMI_BACKEND_URL: "s3://other" });
    assert.equal(other.PULUMI_BACKEND_URL, undefined);
    const own = pulumiEnvironment(paths, false, { PULUMI_CONFIG_PASSPHRASE: "words" });
    assert.equal(own.PULUMI_BACKEND_URL, "s3://state");
    assert.equal(own.PULUMI_CONFIG_PASSPHRASE_FILE, undefined);
  });

  it("never falls back to the checkout's own passphrase for shared state", () => {
    writeLogin(paths.login, { backend: "s3://state", secretsProvider: "awskms://alias/packit" });
    assert.equal(pulumiEnvironment(paths, false, {}).PULUMI_CONFIG_PASSPHRASE_FILE, undefined);
  });

  it("is remembered for its owner only, until it is forgotten", () => {
    writeLogin(paths.login, login);
    assert.equal(statSync(paths.login).mode & 0o777, 0o600);
    assert.deepEqual(JSON.parse(readFileSync(paths.login, "utf8")), login);
    assert.deepEqual(readLogin(paths.login), login);
    assert.equal(forgetLogin(paths.login), true);
    assert.equal(forgetLogin(paths.login), false);
    assert.equal(readLogin(paths.login), undefined);
  });

  it("is refused when its file is damaged, with what to do", () => {
    writeFileSync(paths.login, "{");
    assert.throws(() => pulumiEnvironment(paths, false, {}), /is damaged: run `npx packit-stacks logout`/);
  });
});
