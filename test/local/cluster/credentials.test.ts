import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { addressFrom } from "../../../local/cluster/api";
import {
  credentialFiles,
  endsSoon,
  ensureCredentials,
  kubeconfigFor,
  readToken,
  splitPem,
} from "../../../local/cluster/credentials";
import { writePrivately } from "../../../local/cluster/files";
import { clusterPaths } from "../../../local/cluster/paths";
import { readRecord, writeRecord } from "../../../local/cluster/record";
import { certificatePem } from "./certificate";

const day = 24 * 3600 * 1000;

describe("the control plane's files", () => {
  let run = "";
  beforeEach(() => {
    run = mkdtempSync(join(tmpdir(), "run-"));
  });
  afterEach(() => {
    rmSync(run, { recursive: true });
  });

  it("hold a random token and a key, made once and for their owner alone", () => {
    ensureCredentials(run);
    const token = readToken(run);
    assert.match(token, /^[0-9a-f]{64}$/);
    ensureCredentials(run);
    assert.equal(readToken(run), token);
    for (const file of [credentialFiles.tokens, credentialFiles.serviceAccountKey]) {
      assert.equal(statSync(join(run, file)).mode & 0o777, 0o600);
    }
  });

  it("hold another token in another folder", () => {
    const other = mkdtempSync(join(tmpdir(), "run-"));
    ensureCredentials(run);
    ensureCredentials(other);
    assert.notEqual(readToken(run), readToken(other));
    rmSync(other, { recursive: true });
  });

  it("give a kubeconfig that verifies the server's certificate", () => {
    const file = join(run, "kubeconfig");
    writePrivately(file, kubeconfigFor(6443, "secret", "authority"));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(addressFrom(file), {
      server: "https://127.0.0.1:6443",
      token: "secret",
      certificateAuthority: "authority",
    });
    assert.doesNotMatch(readFileSync(file, "utf8"), /insecure/);
  });

  it("say what runs, and nothing when torn", () => {
    const paths = clusterPaths(run);
    const program = { name: "etcd", pid: 1, startedAt: "now", command: ["etcd"] } as const;
    writeRecord(paths, { port: 1, programs: [program] });
    assert.deepEqual(readRecord(paths), { port: 1, programs: [program] });
    writePrivately(paths.record, '{"port": 1, "progr');
    assert.deepEqual(readRecord(paths), { programs: [] });
  });
});

describe("certificates", () => {
  it("are told apart in one file", () => {
    assert.equal(splitPem(certificatePem + certificatePem).length, 2);
    assert.deepEqual(splitPem(""), []);
  });

  it("are renewed a month before they end", () => {
    // The certificate ends on 1 January 2049.
    const end = Date.UTC(2049, 0, 1);
    assert.equal(endsSoon(certificatePem, end - 31 * day), false);
    assert.equal(endsSoon(certificatePem, end - 29 * day), true);
    assert.equal(endsSoon(certificatePem, end + day), true);
  });
});
