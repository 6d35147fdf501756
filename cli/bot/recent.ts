/** Remembers words for a time, and the newest only where they are too many. Times are in milliseconds. */
export class Recent {
  readonly #seen = new Map<string, number>();

  constructor(
    private readonly keepMs: number,
    private readonly most: number,
  ) {}

  /** Whether a word has been here before; from now on it has. */
  again(word: string, now: number): boolean {
    for (const [old, at] of this.#seen) {
      if (now - at <= this.keepMs && this.#seen.size < this.most) break;
      this.#seen.delete(old);
    }
    if (this.#seen.has(word)) return true;
    this.#seen.set(word, now);
    return false;
  }
}

/** Lets everybody do something a few times in a while. Times are in milliseconds. */
export class Allowance {
  readonly #times = new Map<string, number[]>();

  constructor(
    private readonly most: number,
    private readonly withinMs: number,
  ) {}

  /** Whether somebody may once more; it counts. */
  allows(who: string, now: number): boolean {
    const recent = (times: readonly number[]): number[] => times.filter((at) => now - at < this.withinMs);
    for (const [name, times] of this.#times) {
      if (recent(times).length === 0) this.#times.delete(name);
    }
    const times = recent(this.#times.get(who) ?? []);
    if (times.length >= this.most) return false;
    this.#times.set(who, [...times, now]);
    return true;
  }
}
