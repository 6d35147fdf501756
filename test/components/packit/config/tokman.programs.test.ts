import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import fc from "fast-check";

import { pythonAssignments } from "../../../../components/config/python";
import { tokmanConfig } from "../../../../components/packit/config/tokman";
import { program } from "../../../support/programs";

/** Compiles and runs each source as Flask does, and prints what it has assigned. */
const READ = `
import json, sys
def read(source):
    values = {}
    exec(compile(source, "config.py", "exec"), values)
    return {name: [type(value).__name__, str(value)] for name, value in values.items() if name.isupper()}
print(json.dumps([read(source) for source in json.load(sys.stdin)]))
`;

describe("D35: tokman's config.py, as Python reads it", () => {
  const python = program("python3");
  const read = (...sources: string[]): Record<string, [type: string, value: string]>[] => {
    const input = JSON.stringify(sources);
    const { status, stdout, stderr } = spawnSync(python, ["-c", READ], { input, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  };

  it("has the values and types that tokman wants", () => {
    const config = tokmanConfig({
      appId: "0029",
      privateKeyPath: "/secrets/private-key.pem",
      databasePath: "/access_tokens/access_tokens.db",
    });
    assert.deepEqual(read(config), [
      {
        SQLALCHEMY_DATABASE_URI: ["str", "sqlite:////access_tokens/access_tokens.db"],
        SQLALCHEMY_TRACK_MODIFICATIONS: ["bool", "False"],
        GITHUB_APP_ID: ["int", "29"],
        GITHUB_APP_PRIVATE_KEY: ["str", "/secrets/private-key.pem"],
        TOKEN_RENEW_AT: ["int", "60"],
      },
    ]);
  });

  it("takes any text, number and truth value as it is", () => {
    const texts = fc.sample(fc.string({ unit: "grapheme" }), 100);
    const awkward = ['"', "'", "\\", "\n", "\r\n", "\u2028", "\0", "#{x}", "%s", "é😀"];
    const values = [...awkward, ...texts];
    const sources = values.map((text) => pythonAssignments({ TEXT: text, NUMBER: 2n ** 70n, YES: true }));
    assert.deepEqual(
      read(...sources),
      values.map((text) => ({
        TEXT: ["str", text],
        NUMBER: ["int", String(2n ** 70n)],
        YES: ["bool", "True"],
      })),
    );
  });

  it("is refused for what cannot be the number of an App, without showing it", () => {
    const paths = { privateKeyPath: "/a", databasePath: "/b" };
    for (const appId of ["", "1; import os", "1\n2", "0x1"]) {
      assert.throws(
        () => tokmanConfig({ appId, ...paths }),
        (error: Error) =>
          error.message.includes("digits") && (appId === "" || !error.message.includes(appId)),
      );
    }
    assert.throws(() => pythonAssignments({ "A = 1\nB": "x" }), /cannot be the name/);
  });
});
