import assert from "node:assert/strict";

import { configParserText } from "../../../components/config/configparser";

describe("files for configparser", () => {
  it("have one option a line, and lists below their option", () => {
    const text = configParserText({ a: { empty: "", one: "1" }, b: { many: ["x", "y"] } }, false);
    assert.equal(text, "[a]\nempty =\none = 1\n\n[b]\nmany =\n  x\n  y\n");
  });

  it("double a percent sign only where the reader interpolates", () => {
    assert.equal(configParserText({ a: { b: "5%" } }, true), "[a]\nb = 5%%\n");
    assert.equal(configParserText({ a: { b: "%(repo)s" } }, false), "[a]\nb = %(repo)s\n");
  });

  it("refuse what would be read as something else, without showing it", () => {
    for (const value of ["two\nlines", " s3cret", "s3cret "]) {
      assert.throws(
        () => configParserText({ "copr-cli": { token: value } }, true),
        (error: Error) => error.message.startsWith("copr-cli.token ") && !error.message.includes(value),
      );
    }
  });
});
