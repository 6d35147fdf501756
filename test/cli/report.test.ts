import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

import { messageOf } from "../../cli/report";

/** What a user reads of the failure of an action. */
function told(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return messageOf(error);
  }
  return assert.fail("it did not fail");
}

describe("a failure", () => {
  it("of a file or folder is told in words, with its path", () => {
    const missing = "/nonexistent/fullchain.pem";
    assert.equal(
      told(() => readFileSync(missing)),
      `${missing}: there is no such file or folder`,
    );
    assert.equal(
      told(() => readdirSync(__filename)),
      `${__filename}: is no folder`,
    );
  });

  it("of any other kind is told by its own message, without a stack", () => {
    assert.equal(messageOf(new Error("stg keeps no backups")), "stg keeps no backups");
    assert.equal(messageOf("stopped"), "stopped");
  });
});
