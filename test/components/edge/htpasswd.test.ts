import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import bcrypt from "bcryptjs";

import { htpasswd, htpasswdOf } from "../../../components/edge/htpasswd";
import { SecretFiles } from "../../../components/platform/files";
import { OpenShiftPlatform } from "../../../components/platform/openshift";
import { runMocked } from "../../support/mocks";

describe("htpasswd", () => {
  it("D50: has a line for every user, with a hash of the password", () => {
    const lines = htpasswd("stg", { "flower-boss": "one:two", other: "three" }).trim().split("\n");
    assert.deepEqual(
      lines.map((text) => text.split(":")[0]),
      ["flower-boss", "other"],
    );
    const hash = (text: string | undefined): string => text?.split(":")[1] ?? "";
    assert.match(hash(lines[0]), /^\$2b\$06\$/);
    assert.ok(bcrypt.compareSync("one:two", hash(lines[0])));
    assert.ok(bcrypt.compareSync("three", hash(lines[1])));
  });

  it("is the same in every preview, and another for every user and stack", () => {
    const first = htpasswd("stg", { boss: "password" });
    assert.equal(htpasswd("stg", { boss: "password" }), first);
    assert.notEqual(htpasswd("stg", { b0ss: "password" }).slice("boss".length), first.slice("boss".length));
    assert.notEqual(htpasswd("prod", { boss: "password" }), first);
  });

  it("keeps the salt when the password changes, so that it tells nothing about it", () => {
    const salt = (password: string): string => htpasswd("stg", { boss: password }).slice(0, 34);
    assert.equal(salt("one"), salt("two"));
    assert.notEqual(htpasswd("stg", { boss: "one" }), htpasswd("stg", { boss: "two" }));
  });

  it("refuses names and passwords that a htpasswd file cannot hold", () => {
    for (const user of ["", "a:b", "#a", " a", "a\nb"]) {
      assert.throws(() => htpasswd("stg", { [user]: "password" }), /cannot be a user of Flower/, user);
    }
    assert.throws(() => htpasswd("stg", { boss: "" }), /password of boss .* 1 to 72 bytes/);
    assert.throws(() => htpasswd("stg", { boss: "ä".repeat(37) }), /1 to 72 bytes/);
  });

  it("takes passwords that are outputs into a Secret", async () => {
    const site = {
      platform: new OpenShiftPlatform(),
      namespace: "packit--stg",
      instance: "stg",
      durable: false,
    };
    const stack = await runMocked(() => {
      const content = htpasswdOf("stg", { boss: pulumi.secret("password") });
      return new SecretFiles("flower-htpasswd", { site, data: { htpasswd: content } }, {});
    });
    const data = stack.object("Secret", "flower-htpasswd").data.htpasswd;
    assert.equal(Buffer.from(data, "base64").toString(), htpasswd("stg", { boss: "password" }));
  });
});
