import { onError } from "../../../tools/process/colours";
import type { Show, Step } from "./step";

/** Shows steps as lines on standard error, for logs and for programs that read the result. */
export const asLines: Show = {
  async run(steps, work) {
    for (const step of steps) {
      const tell = (line: string): void => {
        console.error(onError.dim(`· ${step.name}: ${line}`));
      };
      tell(step.title);
      const sparingly = new Sparingly(PAUSE_MS, tell);
      try {
        tell(await step.run(work, sparingly.say));
      } finally {
        sparingly.end();
      }
    }
  },
};

/** Milliseconds between two lines of a step. */
const PAUSE_MS = 3_000;

/** Passes on the first line, and of the others as many as nobody minds in a log: of each pause the last, after it. */
export class Sparingly {
  #last = -Infinity;
  #kept: NodeJS.Timeout | undefined;

  constructor(
    private readonly pause: number,
    private readonly tell: (line: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  readonly say = (line: string): void => {
    this.end();
    const rest = this.#last + this.pause - this.now();
    if (rest > 0) this.#kept = setTimeout(this.#pass, rest, line);
    else this.#pass(line);
  };

  /** Drops what has not been told by now. */
  end(): void {
    clearTimeout(this.#kept);
  }

  readonly #pass = (line: string): void => {
    this.#last = this.now();
    this.tell(line);
  };
}

/** Shows steps as a list that moves, with what each is at. For terminals. */
export const asTasks: Show = {
  async run(steps, work) {
    // Only who looks at a terminal waits for it to be loaded.
    const { Listr } = await import("listr2");
    const tasks = new Listr(
      steps.map((step) => ({
        title: title(step),
        task: async (_context: unknown, task: { title: string; output: string }) => {
          const says = await step.run(work, (line) => {
            task.output = line;
          });
          task.title = title(step, says);
        },
      })),
      {
        // The message is printed by whoever called, as for all other errors.
        rendererOptions: { collapseErrors: true, showErrorMessage: false },
        collectErrors: false,
        // It would end the process at once: neither would the engine end in order, nor the lease be released.
        registerSignalListeners: false,
      },
    );
    await tasks.run();
  },
};

function title({ name, title: does }: Step, outcome = does): string {
  return `${name.padEnd(6)}  ${outcome}`;
}

/** How the steps of a command are shown to whoever runs it. */
export function showFor(json: boolean, isTerminal: boolean = process.stdout.isTTY): Show {
  return isTerminal && !json ? asTasks : asLines;
}
