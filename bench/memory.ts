import { listProcesses, proportionalOf, residentOf, treeOf } from "./process-tree";

/** How often memory is looked at, in milliseconds. */
const INTERVAL_MS = 50;

/** Looking for new processes takes longer than looking at known ones: every so many times. */
const SEARCH_EVERY = 4;

/** A rise of this share makes it worth while to ask for exact figures, which halts the process for a moment. */
const WORTHWHILE = 1.02;

/** Watches processes and all that they start, and remembers the most memory that they held together. */
export class MemoryWatch {
  #members: number[] = [];
  #looks = 0;
  #mostResident = 0;
  #peakKib = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly roots: () => readonly number[]) {
    this.#timer = setInterval(() => {
      this.#look();
    }, INTERVAL_MS);
  }

  /** The peak in MiB, as the sum of proportional set sizes. */
  get peakMiB(): number {
    return Math.round(this.#peakKib / 1024);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    if (this.#looks++ % SEARCH_EVERY === 0) this.#members = treeOf(this.roots(), listProcesses());
    const resident = sum(this.#members.map(residentOf));
    if (resident < this.#mostResident * WORTHWHILE) return;
    this.#mostResident = resident;
    this.#peakKib = Math.max(this.#peakKib, sum(this.#members.map(proportionalOf)));
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
