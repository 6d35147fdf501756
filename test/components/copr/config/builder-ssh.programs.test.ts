import assert from "node:assert/strict";

import { builderSshConfig } from "../../../../components/copr/config/builder-ssh";
import { program } from "../../../support/programs";
import { sandbox } from "../../../support/sandbox";

describe("ssh's configuration for builders", () => {
  const ssh = program("ssh");
  const place = sandbox();

  const settings = (text: string): Map<string, string> => {
    const ended = place().run(ssh, ["-G", "-F", place().write("config", text), "10.0.0.7"]);
    assert.equal(ended.status, 0, ended.output);
    return new Map(
      ended.output.split("\n").map((line) => {
        const [key = "", ...rest] = line.split(" ");
        return [key, rest.join(" ")];
      }),
    );
  };

  it("tries one key, asks nothing and waits no longer than it should", () => {
    const read = settings(builderSshConfig({ identityFile: "/backend-home/.ssh/id_ed25519" }));
    assert.equal(read.get("identityfile"), "/backend-home/.ssh/id_ed25519");
    assert.equal(read.get("identitiesonly"), "yes");
    assert.equal(read.get("batchmode"), "yes");
    assert.equal(read.get("stricthostkeychecking"), "false");
    assert.equal(read.get("userknownhostsfile"), "/dev/null");
    assert.equal(read.get("connecttimeout"), "60");
    assert.equal(read.get("serveraliveinterval"), "20");
    assert.equal(read.get("serveralivecountmax"), "5");
    assert.equal(read.get("controlmaster"), "false");
  });

  it("C27: shares connections in a folder of its own", () => {
    const read = settings(
      builderSshConfig({ identityFile: "/keys/id", user: "fedora", controlFolder: "/home/copr/sockets" }),
    );
    assert.equal(read.get("user"), "fedora");
    assert.equal(read.get("controlmaster"), "auto");
    assert.match(read.get("controlpath") ?? "", /^\/home\/copr\/sockets\/[0-9a-f]{40}$/);
    assert.equal(read.get("controlpersist"), "60");
  });
});

describe("ssh's configuration for builders", () => {
  it("is refused for a path that depends on who reads it", () => {
    for (const identityFile of ["~/.ssh/id", ".ssh/id", "/a b", "/keys/../id", "/keys/%h"]) {
      assert.throws(() => builderSshConfig({ identityFile }), /absolute path/);
    }
    assert.throws(
      () => builderSshConfig({ identityFile: "/id", controlFolder: `/${"a".repeat(60)}` }),
      /take a shorter one/,
    );
  });
});
