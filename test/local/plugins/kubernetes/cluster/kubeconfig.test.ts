import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { PlainProperties } from "../../../../../local/plugins/frame/values";
import { credentials, trust } from "../../../../../local/plugins/kubernetes/cluster/credentials";
import { findTarget } from "../../../../../local/plugins/kubernetes/cluster/kubeconfig";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

const config = (user: PlainProperties, cluster: PlainProperties = {}): string =>
  stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "a",
    clusters: [
      { name: "one", cluster: { server: "https://one:6443/", ...cluster } },
      { name: "two", cluster: { server: "https://two:6443" } },
    ],
    users: [{ name: "me", user }],
    contexts: [
      { name: "a", context: { cluster: "one", user: "me", namespace: "packit" } },
      { name: "b", context: { cluster: "two", user: "me" } },
      { name: "c", context: { cluster: "three", user: "me" } },
    ],
  });

describe("a kubeconfig", () => {
  const folder = mkdtempSync(join(tmpdir(), "packit-kubeconfig-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, text: string, mode = 0o600): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };

  it("is found by its path, as text, or where everybody's is", () => {
    const path = file("config", config({}));
    assert.equal(findTarget({ kubeconfig: path }, {}).source, `kubeconfig ${path}`);
    assert.equal(findTarget({}, { KUBECONFIG: `/nonexistent:${path}` }).server, "https://one:6443");
    const text = findTarget({ kubeconfig: config({}) }, {});
    assert.equal(text.source, "the kubeconfig in the provider's settings");
    assert.deepEqual([text.context, text.namespace], ["a", "packit"]);
  });

  it("leads to the context or the cluster that the provider names", () => {
    const of = (choice: { context?: string; cluster?: string }): string =>
      findTarget({ kubeconfig: config({}), ...choice }, {}).server;
    assert.deepEqual(
      [of({}), of({ context: "b" }), of({ cluster: "two" })],
      ["https://one:6443", "https://two:6443", "https://two:6443"],
    );
    assert.equal(findTarget({ kubeconfig: config({}), context: "b" }, {}).namespace, "default");
  });

  it("that lacks something says what it has", () => {
    const bad = (kubeconfig: string, context?: string) => () => findTarget({ kubeconfig, context }, {});
    assert.throws(
      bad("/nonexistent"),
      /there is no kubeconfig at \/nonexistent; set the provider's "kubeconfig"/,
    );
    assert.throws(bad(config({}), "z"), /has no context "z"; it has "a", "b", "c"/);
    assert.throws(bad(config({}), "c"), /has no cluster "three"; it has "one", "two"/);
    assert.throws(
      bad("{}"),
      /has no current-context; name one with the provider's "context" \(it has none\)/,
    );
    assert.throws(bad("{ unclosed"), /is no YAML/);
    assert.throws(bad("just\ntext"), /is no kubeconfig/);
  });

  it("gives tokens, passwords, certificates and keys, as data or files", async () => {
    const of = async (user: PlainProperties) =>
      await credentials(findTarget({ kubeconfig: file("c", config(user)) }, {}));
    assert.deepEqual(await of({ token: "t" }), { authorization: "Bearer t" });
    file("token", "from-file\n");
    assert.deepEqual(await of({ tokenFile: "token" }), { authorization: "Bearer from-file" });
    assert.deepEqual(await of({ username: "u", password: "p" }), { authorization: `Basic ${base64("u:p")}` });
    file("crt", "CERT");
    assert.deepEqual(await of({ "client-certificate": "crt", "client-key-data": base64("KEY") }), {
      cert: "CERT",
      key: "KEY",
    });
    assert.deepEqual(await of({}), {});
    await assert.rejects(of({ "auth-provider": {} }), /"auth-provider" is gone from Kubernetes/);
  });

  it("runs a credential command, with its arguments and environment", async () => {
    const status = `{"token":"'"$1-$X-$(echo "$KUBERNETES_EXEC_INFO" | grep -c https://one:6443)"'","expirationTimestamp":"2030-01-01T00:00:00Z"}`;
    file("login", `#!/bin/sh\necho '{"status":${status}}'\n`, 0o700);
    const env = [{ name: "X", value: "env" }];
    const exec = { command: "./login", args: ["arg"], env, provideClusterInfo: true, installHint: "get it" };
    const of = async (user: PlainProperties) =>
      await credentials(findTarget({ kubeconfig: file("e", config(user)) }, {}));
    assert.deepEqual(await of({ exec }), {
      authorization: "Bearer arg-env-1",
      expires: Date.parse("2030-01-01"),
    });
    await assert.rejects(
      of({ exec: { ...exec, command: "./absent" } }),
      /"\.\/absent" failed: .*ENOENT.*\nget it/s,
    );
    await assert.rejects(of({ exec: { command: "true" } }), /credential command "true" failed/);
    file("empty", "#!/bin/sh\necho '{}'\n", 0o700);
    await assert.rejects(of({ exec: { command: "./empty" } }), /printed neither token nor certificate/);
  });

  it("says what the server's certificate is checked by", () => {
    const of = (cluster: PlainProperties) => trust(findTarget({ kubeconfig: config({}, cluster) }, {}));
    assert.deepEqual(of({ "certificate-authority-data": base64("CA") }), { ca: "CA" });
    assert.deepEqual(of({ "insecure-skip-tls-verify": true }), { rejectUnauthorized: false });
    assert.deepEqual(of({ "tls-server-name": "name" }), { servername: "name" });
    assert.throws(
      () => of({ "proxy-url": "http://proxy" }),
      /"proxy-url" in a kubeconfig is not in this stand-in/,
    );
  });
});
