import assert from "node:assert/strict";

import { ASK_MS, follow, LOOK_MS, type Seen, type World } from "../../../../cli/instances/watch/follow";
import type { Commits } from "../../../../cli/instances/watch/moving";
import { NoSuchReference } from "../../../../cli/instances/images/resolve";

const LIVE: Seen = { text: "live", deployable: true, over: false };
const GONE: Seen = { text: "stg-pr-1 is gone", deployable: false, over: true };

const at = (commit: string): Commits => new Map([["ogr", commit]]);

/** A world whose clock only moves when somebody pauses, and what happens in it by that clock. */
class FakeWorld implements World {
  readonly told: string[] = [];
  /** When it was asked for commits. */
  readonly asked: number[] = [];
  readonly deployed: string[] = [];
  readonly #interrupt = new AbortController();
  #time = 0;
  #atWork = 0;
  seen: () => Seen = () => LIVE;
  head: () => string = () => "a";
  outcome: () => Promise<void> = () => Promise.resolve();

  get signal(): AbortSignal {
    return this.#interrupt.signal;
  }

  readonly now = () => this.#time;
  readonly tell = (line: string) => void this.told.push(line);
  readonly see = () => Promise.resolve(this.seen());
  readonly interrupt = () => {
    this.#interrupt.abort(new Error("interrupted by SIGINT"));
  };

  readonly commits = () => {
    this.asked.push(this.#time);
    return new Promise<Commits>((resolve) => {
      resolve(at(this.head()));
    });
  };

  readonly deploy = async () => {
    assert.equal(this.#atWork++, 0, "two deployments at once");
    this.#time += 60_000;
    await this.outcome().finally(() => this.#atWork--);
    this.deployed.push(this.head());
  };

  readonly pause = (milliseconds: number) => {
    this.signal.throwIfAborted();
    this.#time += milliseconds;
    return Promise.resolve();
  };

  /** Follows until a time of its clock, and interrupts then. */
  async until(end: number, deployed: Commits = at("a")): Promise<void> {
    const { seen } = this;
    this.seen = () => {
      if (this.#time >= end) this.interrupt();
      return seen();
    };
    await assert.rejects(follow(this, deployed), /interrupted by SIGINT/);
  }
}

describe("following the references of a test instance", () => {
  let world: FakeWorld;

  beforeEach(() => {
    world = new FakeWorld();
  });

  it("asks every half minute, and deploys nothing as long as nothing moves", async () => {
    await world.until(4 * ASK_MS);
    assert.deepEqual(world.asked, [0, ASK_MS, 2 * ASK_MS, 3 * ASK_MS, 4 * ASK_MS]);
    assert.deepEqual(world.deployed, []);
    assert.deepEqual(world.told, ["live"]);
  });

  it("deploys a new commit once, one that was pushed during a deployment at the next look", async () => {
    world.head = () => (world.now() < ASK_MS ? "a" : world.now() < ASK_MS + 10_000 ? "b" : "c");
    await world.until(10 * ASK_MS);
    assert.deepEqual(world.deployed, ["c", "c"]);
    assert.deepEqual(world.told, ["live", "ogr: a → b", "ogr: b → c"]);
  });

  it("deploys at once what was pushed while it was deployed first", async () => {
    world.head = () => "b";
    await world.until(ASK_MS);
    assert.deepEqual(world.asked.slice(0, 1), [0]);
    assert.deepEqual(world.deployed, ["b"]);
  });

  it("shows a deployment that fails, and goes on with the next commit only", async () => {
    let tries = 0;
    world.head = () => (world.now() < 20 * ASK_MS ? "b" : "c");
    world.outcome = () => (tries++ === 0 ? Promise.reject(new Error("pip failed")) : Promise.resolve());
    await world.until(30 * ASK_MS);
    assert.equal(tries, 2);
    assert.deepEqual(world.deployed, ["c"]);
    assert.deepEqual(world.told, [
      "live",
      "ogr: a → b",
      "not deployed; the next commit is: pip failed",
      "ogr: b → c",
    ]);
  });

  it("is interrupted while it deploys", async () => {
    world.head = () => "b";
    world.outcome = () => {
      world.interrupt();
      return Promise.reject(new Error("stopped"));
    };
    await assert.rejects(follow(world, at("a")), /interrupted by SIGINT/);
    assert.deepEqual(world.deployed, []);
  });

  it("ends when the instance is gone, and deploys none that is being destroyed", async () => {
    world.head = () => "b";
    world.seen = () => (world.now() < ASK_MS ? { text: "destroying", deployable: false, over: false } : GONE);
    await follow(world, at("a"));
    assert.deepEqual(world.told, ["destroying", GONE.text]);
    assert.deepEqual([world.asked, world.deployed], [[], []]);
  });

  it("ends when a reference is gone, as soon as that is said twice in a row", async () => {
    world.head = () => {
      // A forge that has a bad moment first.
      if (world.now() < 1 || world.now() > 2 * ASK_MS) throw new NoSuchReference("no branch mend");
      return "a";
    };
    await follow(world, at("a"));
    assert.deepEqual(world.told, [
      "live",
      "no branch mend",
      "no branch mend",
      "that is the end of it: what was deployed stays as it is",
    ]);
    assert.ok(world.now() >= 3 * ASK_MS && world.now() < 5 * ASK_MS, String(world.now()));
  });

  it("goes on while nobody answers, and says so once", async () => {
    world.head = () => {
      if (world.now() < 5 * ASK_MS) throw new Error("no answer within 30 s");
      return "b";
    };
    await world.until(8 * ASK_MS);
    assert.deepEqual(world.told, ["live", "no answer within 30 s", "ogr: a → b"]);
    assert.deepEqual(world.deployed, ["b"]);
  });

  it("asks nobody when nothing can move, and still tells what changes", async () => {
    world.seen = () => (world.now() < 5 * LOOK_MS ? LIVE : GONE);
    await follow(world, new Map());
    assert.deepEqual(world.asked, []);
    assert.deepEqual(world.told, ["live", GONE.text]);
  });
});
