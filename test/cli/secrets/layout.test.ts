import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";

import { extraVars } from "../../../cli/commands/secrets/layout/extra-vars";
import { coprFile } from "../../../cli/commands/secrets/layout/copr-file";
import { type FolderReading, readFolder } from "../../../cli/commands/secrets/layout/folder";
import { packitServiceFile } from "../../../cli/commands/secrets/layout/packit-service-file";
import type { Reading } from "../../../cli/commands/secrets/layout/reading";
import { coprConfig } from "../../../components/packit/config/copr";
import { oldLayout } from "./material";

/** What a reading took, by place. */
function valuesOf({ taken }: Pick<Reading, "taken">): Record<string, string> {
  return Object.fromEntries(taken.map(({ path, value }) => [path.join("."), value]));
}

describe("a folder of the old layout", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-stacks-layout-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function read(files: Readonly<Record<string, string | Buffer>>): FolderReading {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return readFolder(folder);
  }

  it("D38: gives every secret that it holds, once, under the names that the stacks have for them", async () => {
    const files = await oldLayout();
    const reading = read(files);
    assert.deepEqual(reading.problems, []);
    const values = valuesOf(reading);
    const text = (name: string): string => String(files[name]).trimEnd();
    assert.deepEqual(values, {
      "aws.accessKeyId": "AKIAEXAMPLE",
      "aws.secretAccessKey": "aws-secret",
      "copr.login": "lo;gin",
      "copr.username": "packit",
      "copr.token": "to%ken",
      "database.user": "packit",
      "database.password": "pg",
      "flower.users.flower-boss": "pass:word",
      "flower.users.second": "other",
      "forgeTokens.gitlab.com": "12345678",
      "forgeTokens.src.fedoraproject.org": "pagure-token",
      "githubApp.id": "29",
      "githubApp.privateKey": text("private-key.pem"),
      keytab: (files["fedora.keytab"] as Buffer).toString("base64"),
      "messaging.ca": text("cacert.pem"),
      "messaging.cert": text("fedora-cert.pem"),
      "messaging.key": text("fedora-key.pem"),
      "messaging.queue": "0f3c1d6e-5a94-4b0c-8f0e-2f6f0a7c9d11",
      "redisCommander.user": "rc",
      "redisCommander.password": "rc-secret",
      "service.fasPassword": "0123",
      "service.webhookSecret": "yes",
      "service.testingFarmSecret": "tf",
      "service.internalTestingFarmSecret": "itf",
      "service.gitlabTokenSecret": "gts",
      "service.logdetectiveToken": "ld",
      "splunk.host": "splunk.example.com",
      "splunk.port": "443",
      "splunk.token": "hec",
      "ssh.privateKey": text("id_ed25519"),
      "ssh.publicKey": text("id_ed25519.pub"),
      "tls.fullchain": text("fullchain.pem"),
      "tls.privkey": text("privkey.pem"),
    });
  });

  it("says of each file what is left out, and why", async () => {
    const { files } = read({ ...(await oldLayout()), "notes.txt": "", copr: "" });
    const left = Object.fromEntries(files.map((reading) => [reading.file, reading.left]));
    assert.deepEqual(left["extra-vars.yml"], [
      "postgres.host follows from the stack",
      "postgres.database is the setting packit:database.name",
      "sentry.dsn is empty",
      "logdetective.url is the setting packit:service.logdetectiveUrl",
    ]);
    assert.deepEqual(left["notes.txt"], ["it is not understood"]);
    assert.match(String(left["flower-htpasswd"]), /cannot be turned back/);
    assert.match(String(left.copr), /no section \[copr-cli\]/);
  });

  it("is refused when it holds no secret, with the files that do", () => {
    const empty = mkdtempSync(join(tmpdir(), "packit-empty-"));
    try {
      writeFileSync(join(empty, "README"), "nothing here");
      assert.throws(() => readFolder(empty), /packit-empty-\w+ holds no secrets; .*extra-vars\.yml/);
    } finally {
      rmSync(empty, { recursive: true });
    }
  });

  it("makes the public half of an SSH key that has only its private one", async () => {
    const { id_ed25519: key = "", "id_ed25519.pub": line = "" } = await oldLayout();
    const { "ssh.publicKey": made = "" } = valuesOf(read({ id_ed25519: key }));
    assert.deepEqual(made.split(" ").slice(0, 2), String(line).split(" ").slice(0, 2));
  });

  it("D53: tells of secrets about which two files do not agree, by name only", () => {
    const { problems } = read({
      "extra-vars.yml": "packit_service:\n  fas_password: hunter1\n",
      "packit-service.yaml": "fas_password: hunter2\n",
    });
    assert.deepEqual(problems, [
      {
        file: "packit-service.yaml",
        problem: "says something else about service.fasPassword than extra-vars.yml",
      },
    ]);
  });

  it("tells all that is wrong at once, and nothing of what it read", () => {
    const { problems } = read({
      "extra-vars.yml": "flower:\n  basic_auth: hunter2\naws:\n  access_key_id: '{{ hunter2 }}'\n",
      "packit-service.yaml": "fas_password: hunter2\nfas_password: hunter3\n",
      "fedora.toml": "[hunter2",
    });
    assert.deepEqual(problems, [
      { file: "extra-vars.yml", problem: "flower.basic_auth: user 1 is not written as user:password" },
      { file: "extra-vars.yml", problem: "aws.access_key_id is a template, and no value" },
      { file: "fedora.toml", problem: "is not TOML" },
      { file: "packit-service.yaml", problem: "line 2 repeats a key" },
    ]);
  });
});

describe("the readers of the old layout", () => {
  it("D50: understand several users of Flower, and colons in passwords", () => {
    const reading = extraVars(Buffer.from("flower:\n  basic_auth: 'a:1:2, b:3'\n"));
    assert.deepEqual(valuesOf(reading), { "flower.users.a": "1:2", "flower.users.b": "3" });
  });

  it("D52: take every value as the text that stands there", () => {
    const text = "packit_service:\n  fas_password: 0123\n  webhook_secret: no\n  testing_farm_secret: 1e3\n";
    assert.deepEqual(Object.values(valuesOf(extraVars(Buffer.from(text)))), ["0123", "no", "1e3"]);
  });

  it("D52: refuse the word None for a token", () => {
    const { taken, problems } = packitServiceFile(
      Buffer.from("authentication:\n  gitlab.com:\n    token: None\n"),
    );
    assert.deepEqual(taken, []);
    assert.deepEqual(problems, ["authentication.gitlab.com.token holds the word None, and no value"]);
  });

  it("D53: find the forges' tokens among the variables too, as dev and the other services had them", () => {
    const text =
      "vault:\n  packit_service:\n    authentication:\n      github.com:\n        token: t\n        github_app_id: 29\n";
    assert.deepEqual(valuesOf(extraVars(Buffer.from(text))), {
      "forgeTokens.github.com": "t",
      "githubApp.id": "29",
    });
  });

  it("read the file copr as it is written, whatever a token is made of", () => {
    const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => /^[!-z|~]+$/.test(text));
    const harmless = word.filter((text) => !text.includes("{{") && !["None", "null", "~"].includes(text));
    fc.assert(
      fc.property(harmless, harmless, harmless, (login, username, token) => {
        const reading = coprFile(Buffer.from(coprConfig({ login, username, token })));
        assert.deepEqual(Object.values(valuesOf(reading)), [login, username, token]);
      }),
    );
  });
});
