import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { credentialsFor } from "../../../cli/registry/credentials";

describe("credentials for a registry", () => {
  let home = "";
  let env: NodeJS.ProcessEnv = {};
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "packit-stacks-"));
    env = { HOME: home, XDG_RUNTIME_DIR: join(home, "run") };
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  function write(path: string, content: object | string): void {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  }
  const login = (user: string): { auth: string } => ({
    auth: Buffer.from(`${user}:pass:word`).toString("base64"),
  });
  const userOf = (registry: string, repository: string): string | undefined =>
    credentialsFor(registry, repository, env)?.username;

  it("are none where nobody has logged in", () => {
    assert.equal(credentialsFor("quay.io", "packit/dashboard", env), undefined);
  });

  it("are read from Docker's file, a colon in the password and all", () => {
    write(".docker/config.json", { auths: { "quay.io": login("docker") } });
    assert.deepEqual(credentialsFor("quay.io", "packit/dashboard", env), {
      username: "docker",
      password: "pass:word",
    });
    assert.equal(userOf("ghcr.io", "packit/dashboard"), undefined);
  });

  it("come from podman's file before Docker's, and from the closest path in it", () => {
    write(".docker/config.json", { auths: { "quay.io": login("docker") } });
    write("run/containers/auth.json", {
      auths: { "quay.io": login("all"), "quay.io/packit": login("packit") },
    });
    assert.equal(userOf("quay.io", "packit/dashboard"), "packit");
    assert.equal(userOf("quay.io", "nginx/nginx"), "all");
  });

  it("of Docker's own registry stand under its old address", () => {
    write(".docker/config.json", { auths: { "https://index.docker.io/v1/": login("hub") } });
    assert.equal(userOf("docker.io", "library/nginx"), "hub");
  });

  it("are asked of a credential helper", () => {
    write(
      "bin/docker-credential-test",
      '#!/bin/sh\nread -r server\necho "{\\"Username\\":\\"for $server\\",\\"Secret\\":\\"s\\"}"\n',
    );
    chmodSync(join(home, "bin/docker-credential-test"), 0o755);
    write(".docker/config.json", { auths: { "quay.io": {} }, credHelpers: { "quay.io": "test" } });
    const path = process.env.PATH;
    process.env.PATH = `${join(home, "bin")}:${path ?? ""}`;
    try {
      assert.equal(userOf("quay.io", "packit/dashboard"), "for quay.io");
    } finally {
      process.env.PATH = path;
    }
  });

  it("in a broken file are refused by its name, without its text", () => {
    write(".docker/config.json", '{"auths": {"quay.io": "secret');
    assert.throws(
      () => userOf("quay.io", "packit/dashboard"),
      (error: Error) => {
        assert.match(error.message, /\.docker\/config\.json/);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      },
    );
  });
});
