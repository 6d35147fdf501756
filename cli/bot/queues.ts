/** Work that is done one after another for each key, and side by side for different ones. */
export class Queues {
  readonly #last = new Map<string, { readonly done: Promise<void>; waiting: number }>();

  /** @param most - How much may wait for one key. */
  constructor(private readonly most: number) {}

  /** Adds work, which must not fail. Gives false when too much waits already. */
  add(key: string, work: () => Promise<void>): boolean {
    const before = this.#last.get(key);
    const waiting = (before?.waiting ?? 0) + 1;
    if (waiting > this.most) return false;
    const entry = { done: Promise.resolve(), waiting };
    const done = (before?.done ?? Promise.resolve()).then(work).finally(() => {
      const now = this.#last.get(key);
      if (now === undefined) return;
      now.waiting -= 1;
      if (now.waiting === 0) this.#last.delete(key);
    });
    entry.done = done;
    this.#last.set(key, entry);
    return true;
  }

  /** How many keys have work. */
  get size(): number {
    return this.#last.size;
  }

  /** Waits until all is done. */
  async settled(): Promise<void> {
    while (this.#last.size > 0) await Promise.all([...this.#last.values()].map(({ done }) => done));
  }
}
