import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";

import { examine, about } from "../../../cli/commands/secrets/checks";
import { keytabProblem } from "../../../cli/commands/secrets/checks/keytab";
import { areHalves, publicLineOf, sshKeyProblem } from "../../../cli/commands/secrets/checks/ssh";
import { jwtEnd } from "../../../cli/commands/secrets/checks/token";
import { type Leaf, treeOf } from "../../../cli/commands/secrets/leaves";
import { packitRules } from "../../../cli/commands/secrets/rules";
import type { Subject } from "../../../cli/commands/secrets/subject";
import type { Tree } from "../../../stacks/settings/tree";
import { type SelfSigned, selfSigned } from "../../support/certificate";
import { load } from "../../stacks/settings/loading";
import { keytab, pem, rsaKey, sshKey } from "./material";

const NOW = new Date();
const settings = load("prod", { local: true });
const prod: Subject = {
  paths: undefined as never,
  stack: settings.stack,
  rules: packitRules(settings),
  local: true,
  file: "",
};

/** What is wrong with some secrets, as `tls.privkey: …`. */
function wrongWith(tree: Tree, now = NOW): string[] {
  return examine(prod, tree, now).wrong.map(({ key, problem }) => `${key.slice(15)}: ${problem}`);
}

describe("checks of secrets", () => {
  let one: SelfSigned;
  let other: SelfSigned;

  before(async () => {
    one = await selfSigned("prod.packit.dev");
    other = await selfSigned("prod.packit.dev");
  });

  it("find nothing wrong with what belongs together", () => {
    const tree = {
      tls: { fullchain: one.certificate, privkey: one.key },
      ssh: sshKey(),
      githubApp: { id: "29", privateKey: rsaKey() },
      keytab: keytab().toString("base64"),
      centosmsg: { certificate: `${one.certificate}\n${one.key}`, serverCa: other.certificate },
    };
    assert.deepEqual(wrongWith(tree), []);
  });

  it("find a key that belongs to another certificate", () => {
    assert.deepEqual(wrongWith({ tls: { fullchain: one.certificate, privkey: other.key } }), [
      "tls.privkey: does not belong to tls.fullchain",
    ]);
    assert.deepEqual(
      wrongWith({ centosmsg: { certificate: one.certificate + other.key, serverCa: one.certificate } }),
      ["centosmsg.certificate: holds a key that is not the certificate's"],
    );
  });

  it("find halves of two SSH keys", () => {
    const ssh = { privateKey: sshKey().privateKey, publicKey: sshKey().publicKey };
    assert.deepEqual(wrongWith({ ssh }), ["ssh.publicKey: does not belong to ssh.privateKey"]);
  });

  it("find a certificate that has ended, and a chain out of order", () => {
    const later = new Date(NOW.getTime() + 2 * 86_400_000);
    assert.match(
      String(wrongWith({ tls: { fullchain: one.certificate } }, later)),
      /^tls\.fullchain: ended on /,
    );
    assert.deepEqual(wrongWith({ tls: { fullchain: `${one.certificate}\n${other.certificate}` } }), [
      "tls.fullchain: is no chain: certificate 2 did not issue certificate 1",
    ]);
  });

  it("find what only looks like a certificate or key", () => {
    const broken = (kind: string): string => `-----BEGIN ${kind}-----\nAAAA\n-----END ${kind}-----\n`;
    const tree = {
      tls: { fullchain: broken("CERTIFICATE"), privkey: broken("PRIVATE KEY") },
      ssh: { privateKey: broken("OPENSSH PRIVATE KEY"), publicKey: sshKey().publicKey },
      keytab: "AAAA",
    };
    assert.deepEqual(wrongWith(tree).sort(), [
      "keytab: does not begin as a keytab does",
      "ssh.privateKey: cannot be read as an SSH private key",
      "tls.fullchain: cannot be read as a certificate",
      "tls.privkey: cannot be read as a private key",
    ]);
  });

  it("find keys that ask for a passphrase", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const locked = privateKey.export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "p",
    });
    assert.deepEqual(wrongWith({ githubApp: { privateKey: locked.toString() } }), [
      "githubApp.privateKey: is protected by a passphrase, which nobody types into a pod",
    ]);
    assert.match(String(sshKeyProblem(LOCKED_SSH)), /passphrase/);
  });

  it("find a keytab that an editor took for text", () => {
    const whole = keytab(200);
    assert.equal(keytabProblem(whole.toString("base64")), undefined);
    const asText = Buffer.from(Buffer.concat([whole, Buffer.from([0xff, 0xfe])]).toString("utf8"));
    assert.match(String(keytabProblem(asText.toString("base64"))), /damaged/);
    assert.match(String(keytabProblem(whole.subarray(0, -1).toString("base64"))), /damaged/);
  });

  it("show no secret, and stay with the purposes that somebody touches", () => {
    const tree = { tls: { privkey: "hunter2" }, keytab: "hunter2!", messaging: { queue: "hunter2" } };
    const { wrong } = examine(prod, tree, NOW);
    assert.equal(wrong.length, 3);
    assert.doesNotMatch(JSON.stringify(wrong), /hunter/);
    assert.deepEqual(
      about(wrong, [["keytab"]]).map(({ key }) => key),
      ["packit:secrets.keytab"],
    );
  });
});

describe("an SSH key", () => {
  it("gives its public half in either format", () => {
    const { privateKey, publicKey } = sshKey();
    assert.equal(publicLineOf(privateKey), publicKey.split(" ").slice(0, 2).join(" "));
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const line = publicLineOf(pem(rsa.privateKey)) ?? "";
    assert.match(line, /^ssh-rsa AAAA/);
    assert.ok(areHalves(pem(rsa.privateKey), `${line} somebody@somewhere`));
  });
});

describe("a token that says when it ends", () => {
  it("is read without its key", () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "none" })}.${part({ exp: 1_800_000_000 })}.signature`;
    assert.equal(jwtEnd(token)?.toISOString(), "2027-01-15T08:00:00.000Z");
    for (const other of ["", "a.b.c", "glpat-abc", `${part({})}.${part({})}.x`]) {
      assert.equal(jwtEnd(other), undefined);
    }
  });
});

describe("leaves", () => {
  it("become the tree that they are from", () => {
    const leaves: Leaf[] = [
      { path: ["forgeTokens", "src.fedoraproject.org"], value: "t" },
      { path: ["keytab"], value: "k" },
    ];
    assert.deepEqual(treeOf(leaves), { forgeTokens: { "src.fedoraproject.org": "t" }, keytab: "k" });
  });
});

/** The head of a key that `ssh-keygen -N` made: its cipher is aes256-ctr, and what follows does not matter. */
const LOCKED_SSH = (() => {
  const field = (text: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    return Buffer.concat([length, Buffer.from(text)]);
  };
  const head = [
    field("aes256-ctr"),
    field("bcrypt"),
    field("options"),
    Buffer.from([0, 0, 0, 1]),
    field("key"),
  ];
  const base64 = Buffer.concat([Buffer.from("openssh-key-v1\0"), ...head]).toString("base64");
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${base64}\n-----END OPENSSH PRIVATE KEY-----\n`;
})();
