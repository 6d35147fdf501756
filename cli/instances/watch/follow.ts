import { messageOf } from "../../report";
import { type Commits, isNoMore, movedBetween } from "./moving";

/** Milliseconds between two looks at the instance. */
export const LOOK_MS = 3_000;

/** Milliseconds between two looks at the references: forges mind being asked more often. */
export const ASK_MS = 30_000;

/** What an instance is at. */
export interface Seen {
  /** For people. */
  readonly text: string;
  /** Whether it may be deployed again; one that is being destroyed may not. */
  readonly deployable: boolean;
  /** Whether there is nothing to be followed any more. */
  readonly over: boolean;
}

/** Everything that following an instance has to do with the world. */
export interface World {
  readonly see: () => Promise<Seen>;
  /** The commits that the references mean now. @throws NoSuchReference, or Error when nobody can be asked. */
  readonly commits: () => Promise<Commits>;
  /** Deploys it as its references are now, unless it is gone. */
  readonly deploy: () => Promise<void>;
  readonly tell: (line: string) => void;
  /** Milliseconds that only ever go up. */
  readonly now: () => number;
  /** @throws Error when interrupted. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Tells what changes about an instance, and deploys it again whenever one of its references has another commit, until
 * it is gone, or a reference is. One deployment follows the other; a commit whose deployment fails is not tried again.
 *
 * @param deployed - What runs; empty: nothing of it can move, and nobody is asked.
 * @throws Error when interrupted.
 */
export async function follow(world: World, deployed: Commits): Promise<void> {
  const { see, tell, pause, now } = world;
  const references = new References(world, deployed);
  // While it was deployed somebody may have pushed already.
  let ask = now();
  for (let told = ""; ;) {
    const { text, deployable, over } = await see();
    if (text !== told) tell(text);
    told = text;
    if (over) return;
    if (deployed.size > 0 && deployable && now() >= ask) {
      if (!(await references.keepUp())) return;
      ask = now() + ASK_MS;
    }
    await pause(LOOK_MS);
  }
}

class References {
  #missing = false;
  #problem = "";

  constructor(
    private readonly world: World,
    private deployed: Commits,
  ) {}

  /** Deploys what has moved. @returns false when there is nothing to keep up with any more. */
  async keepUp(): Promise<boolean> {
    const { tell, deploy, signal } = this.world;
    const found = await this.#ask();
    if (found === undefined) return !this.#missing;
    const moved = movedBetween(this.deployed, found);
    if (moved.length === 0) return true;
    // Also when it fails: the same again would fail again.
    this.deployed = found;
    moved.forEach(tell);
    try {
      await deploy();
    } catch (error) {
      signal.throwIfAborted();
      tell(`not deployed; the next commit is: ${messageOf(error)}`);
    }
    return true;
  }

  /** Undefined when nobody answers, or a reference is not there. That counts when it is said twice in a row. */
  async #ask(): Promise<Commits | undefined> {
    const { commits, tell } = this.world;
    try {
      const found = await commits();
      this.#problem = "";
      return found;
    } catch (error) {
      const problem = messageOf(error);
      if (isNoMore(error) && this.#problem === problem) {
        this.#missing = true;
        tell("that is the end of it: what was deployed stays as it is");
      } else if (problem !== this.#problem) tell(problem);
      this.#problem = problem;
      return undefined;
    }
  }
}
