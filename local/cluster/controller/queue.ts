import { ApiError } from "../api";

/** Waits between tries, in milliseconds, each twice the one before. */
const firstRetryMs = 50;
const longestRetryMs = 15_000;

/** Works on keys, each at most once at a time, and again after a failure. */
export class WorkQueue {
  readonly #running = new Set<string>();
  readonly #again = new Set<string>();
  readonly #failures = new Map<string, number>();

  constructor(
    private readonly name: string,
    private readonly work: (key: string) => Promise<void>,
  ) {}

  add(key: string): void {
    if (this.#running.has(key)) {
      this.#again.add(key);
      return;
    }
    this.#running.add(key);
    void this.#process(key);
  }

  async #process(key: string): Promise<void> {
    try {
      await this.work(key);
      this.#failures.delete(key);
    } catch (error) {
      this.#retry(key, error);
    }
    this.#running.delete(key);
    if (this.#again.delete(key)) {
      this.add(key);
    }
  }

  #retry(key: string, error: unknown): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const delay = Math.min(firstRetryMs * 2 ** failures, longestRetryMs);
    // A conflict only says that the copy here is a moment behind.
    if (!(error instanceof ApiError && error.status === 409)) {
      console.error(`${this.name} ${key}: ${String(error)} (again in ${delay} ms)`);
    }
    setTimeout(() => {
      this.add(key);
    }, delay);
  }
}
