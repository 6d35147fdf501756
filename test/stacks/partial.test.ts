import assert from "node:assert/strict";

import { production } from "./production";

describe("a part of production", () => {
  it("D45: has all that belongs to the other components, and nothing of the one turned off", async () => {
    const titles = async (components: Record<string, boolean>): Promise<string[]> =>
      (await production({ components })).all.map(({ title }) => title).sort();
    const whole = await titles({});
    const others = whole.filter((title) => !title.endsWith("/packit-dashboard"));
    // The sandbox was left out of partial deployments, as was every check of what they had done.
    assert.ok(others.includes("RoleBinding/sandcastle") && others.length < whole.length);
    assert.deepEqual(await titles({ dashboard: false }), others);
  });
});
