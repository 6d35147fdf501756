import assert from "node:assert/strict";

import { packitHosts, sshConfig } from "../../../../components/packit/config/ssh";

describe("ssh_config", () => {
  it("refuses what ssh would read as something else", () => {
    for (const user of ["", "two words", "*", "a\nProxyCommand sh", '"quoted"', "%r"]) {
      assert.throws(() => sshConfig(packitHosts(user, "/home/packit/.ssh/id_ed25519")), /User cannot be/);
    }
  });
});
