import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { pulumiEnvironment } from "../../../../cli/environment";
import { clearAbandonedLocks } from "../../../../cli/instances/leases/abandoned-locks";
import { projectPaths } from "../../../../cli/paths";
import { Checkout } from "../../../support/checkout";

const STACK = "dev-pr-614";

describe("the engine's lock of a run on another machine", () => {
  let checkout: Checkout;

  before(() => {
    checkout = Checkout.make();
  });
  after(() => checkout.close());

  it("is cleared when the run was abandoned, and the engine works again; others stay", async () => {
    const paths = projectPaths(checkout.root);
    const environment = pulumiEnvironment(paths, true);
    assert.equal((await checkout.pulumi("stack", "init", STACK)).code, 0);
    const since = Date.now() - 3_600_000;
    const locks = join(paths.state, ".pulumi", "locks", "organization", "packit", STACK);
    mkdirSync(locks, { recursive: true });
    const lock = { pid: 7, username: "jane", hostname: "laptop", timestamp: new Date(since).toISOString() };
    writeFileSync(join(locks, "0f6b0d3c-6d0e-4a4e-9d0f-0d1f3f5b7a10.json"), JSON.stringify(lock));
    const clear = (host: string): Promise<readonly string[]> =>
      clearAbandonedLocks(
        { name: STACK, abandoned: [{ host, from: since - 60_000, until: since + 60_000 }] },
        environment,
        checkout.root,
      );
    assert.deepEqual(await clear("desk"), []);
    assert.equal(readdirSync(locks).length, 1);
    assert.deepEqual(await clear("laptop"), ["cleared the lock of a run of jane on laptop that is gone"]);
    const { code, output } = await checkout.pulumi("stack", "rm", STACK, "--yes");
    assert.equal(code, 0, output);
    assert.deepEqual(await clear("laptop"), []);
  });
});
