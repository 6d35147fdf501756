import assert from "node:assert/strict";

import { keytabProblem } from "../../cli/commands/secrets/checks/keytab";
import { exampleKeytab } from "../../local/example-keytab";

describe("an example keytab", () => {
  it("is whole, names nobody that there is, and has a key of its own", () => {
    const made = [exampleKeytab("example"), exampleKeytab("example")];
    for (const keytab of made) {
      assert.equal(keytabProblem(keytab), undefined);
      assert.match(Buffer.from(keytab, "base64").toString("latin1"), /EXAMPLE\.INVALID.*example/s);
    }
    assert.notEqual(made[0], made[1]);
  });

  it("has what MIT Kerberos wants to see in an entry", () => {
    const bytes = Buffer.from(exampleKeytab("example"), "base64");
    const size = bytes.readInt32BE(2);
    assert.equal(size, bytes.length - 6);
    // One component, the realm, the name, its type, time, version of the key, kind of key, its length.
    assert.equal(bytes.readUInt16BE(6), 1);
    const afterRealm = 8 + 2 + bytes.readUInt16BE(8);
    const afterName = afterRealm + 2 + bytes.readUInt16BE(afterRealm);
    assert.equal(bytes.readUInt32BE(afterName), 1);
    assert.deepEqual([bytes.readUInt16BE(afterName + 9), bytes.readUInt16BE(afterName + 11)], [18, 32]);
    assert.equal(afterName + 13 + 32, bytes.length);
  });
});
