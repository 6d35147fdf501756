import { ENGINE_PROCESSES, type EngineProcess } from "../../../support/killing";
import { generator, shuffled } from "../../../support/seeded";

/** What is killed: the command, the API server, or a process of the engine that the command has started. */
export type Victim = "command" | "api" | EngineProcess;

/** A step of a command, as one sees it from outside. */
export interface Step {
  readonly command: "deploy" | "destroy";
  readonly name: string;
  /** A line that says that it begins; absent: it begins with the command. */
  readonly begins?: RegExp;
  /** About how long it takes, in milliseconds: the kill comes at a moment of it. */
  readonly takes: number;
  /** What of the engine runs meanwhile. */
  readonly engine: readonly EngineProcess[];
}

const ALL_OF_IT = Object.keys(ENGINE_PROCESSES) as readonly EngineProcess[];

/** Those of `deploy` are what it calls so. `destroy` has no steps, and is at one of these. */
export const STEPS: readonly Step[] = [
  { command: "deploy", name: "build", begins: /· build: /, takes: 1_500, engine: [] },
  { command: "deploy", name: "free", begins: /· free: /, takes: 60, engine: [] },
  { command: "deploy", name: "clean", begins: /· clean: /, takes: 120, engine: [] },
  { command: "deploy", name: "deploy", begins: /· deploy: /, takes: 6_000, engine: ALL_OF_IT },
  { command: "deploy", name: "check", begins: /· check: /, takes: 60, engine: [] },
  { command: "destroy", name: "clear", takes: 1_500, engine: [] },
  // No program runs, and so no language host.
  {
    command: "destroy",
    name: "delete",
    begins: /^Destroying \(/,
    takes: 7_000,
    engine: ["engine", "plugin"],
  },
  { command: "destroy", name: "leave", begins: /^Duration: /, takes: 700, engine: [] },
];

/** Every step with everything that can be killed meanwhile. */
const AIMS = STEPS.flatMap((step) =>
  (["command", "api", ...step.engine] satisfies readonly Victim[]).map((victim) => ({ step, victim })),
);

/** How many different kills there are. */
export const KINDS = AIMS.length;

/** One kill, and what comes of it. */
export interface Round {
  readonly number: number;
  readonly step: Step;
  readonly victim: Victim;
  /** Which part of the step's time has passed, from 0 to 1. */
  readonly at: number;
  /** The stack that it happens to. */
  readonly stack: string;
  /** Number of the pull request that the stack is of. */
  readonly pull: number;
  /** Whether the instance runs before. */
  readonly ran: boolean;
  /** An API server that was killed is started at once, while the command may still be at work. */
  readonly restarts: boolean;
  /** The command that puts everything right. */
  readonly next: Step["command"];
}

/** How many rounds come to every step, and kill everything at least once. */
export const ENOUGH = 10;

/** Some rounds, the same for the same seed. In {@link KINDS} of them is every kill once. */
export function drawRounds(count: number, seed: number): readonly Round[] {
  const random = generator(seed);
  const decks = Array.from({ length: Math.ceil(count / KINDS) }, () => dealt(random));
  return decks
    .flat()
    .slice(0, count)
    .map(({ step, victim }, index) => {
      const pull = 9001 + index;
      const ran = step.command === "destroy" || random() < 0.5;
      // A running instance is not lost to see whether it can be.
      const other = random() < 0.25 && !(ran && step.command === "deploy");
      return {
        ...{ number: index + 1, step, victim, at: random(), pull, ran, restarts: random() < 0.5 },
        stack: `dev-dashboard-${pull}`,
        next: other ? (step.command === "deploy" ? "destroy" : "deploy") : step.command,
      };
    });
}

/** Every kill once, dealt anew until the first few come to every step and every victim. */
function dealt(random: () => number): readonly (typeof AIMS)[number][] {
  for (;;) {
    const aims = shuffled(AIMS, random);
    const few = aims.slice(0, ENOUGH);
    const steps = new Set(few.map(({ step }) => step));
    const victims = new Set(few.map(({ victim }) => victim));
    if (steps.size === STEPS.length && victims.size === 2 + ALL_OF_IT.length) return aims;
  }
}
