import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { givenLogin } from "../../../cli/commands/login/given";

describe("what is given to packit-stacks login", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packit-login-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const passphrase = { secretsProvider: "passphrase" };

  it("is an address as the engine takes it", () => {
    for (const backend of [
      "s3://state?region=us-east-1",
      "azblob://state",
      "gs://state",
      "https://api.pulumi.com",
    ])
      assert.equal(givenLogin(backend, passphrase, folder).backend, backend);
    assert.equal(givenLogin("./state", passphrase, folder).backend, `file://${folder}/state?metadata=skip`);
  });

  it("names everything that is wrong at once, and what may stand there", () => {
    assert.throws(
      () => givenLogin("ftp://state", { secretsProvider: "kms", passphraseFile: "none" }, folder),
      ({ message }: Error) => {
        assert.match(message, /^backend: ftp:\/\/state is no address.*s3:/m);
        assert.match(message, /^--secrets-provider: kms is no address.*awskms:.*passphrase/m);
        assert.match(message, /^--passphrase-file: kms needs no passphrase/m);
        return true;
      },
    );
  });

  it("holds no credentials, and does not repeat them", () => {
    for (const backend of ["https://me:hidden@state.example", "s3://state?secret_key=hidden"]) {
      assert.throws(
        () => givenLogin(backend, passphrase, folder),
        ({ message }: Error) => message.includes("holds credentials") && !message.includes("hidden"),
      );
    }
  });

  it("takes a passphrase from a file that nobody else may read", () => {
    const file = join(folder, "passphrase");
    const give = () => givenLogin("s3://state", { ...passphrase, passphraseFile: "passphrase" }, folder);
    assert.throws(give, /there is no/);
    writeFileSync(file, "");
    assert.throws(give, /is empty/);
    writeFileSync(file, "words");
    chmodSync(file, 0o644);
    assert.throws(give, /chmod 600/);
    chmodSync(file, 0o600);
    assert.equal(give().passphraseFile, file);
  });
});
