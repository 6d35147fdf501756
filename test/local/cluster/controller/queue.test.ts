import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { ApiError } from "../../../../local/cluster/api";
import { WorkQueue } from "../../../../local/cluster/controller/queue";

describe("work queue", () => {
  it("works on a key one at a time, and once more when it changed meanwhile", async () => {
    let running = 0;
    let runs = 0;
    const queue = new WorkQueue("test", async () => {
      running += 1;
      assert.equal(running, 1);
      runs += 1;
      await sleep(5);
      running -= 1;
    });
    queue.add("a");
    queue.add("a");
    queue.add("a");
    await sleep(40);
    assert.equal(runs, 2);
  });

  it("tries again after a failure", async () => {
    let runs = 0;
    const queue = new WorkQueue("test", () => {
      runs += 1;
      return runs < 3 ? Promise.reject(new ApiError(409, "conflict")) : Promise.resolve();
    });
    queue.add("a");
    await sleep(250);
    assert.equal(runs, 3);
  });
});
