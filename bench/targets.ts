import { availableParallelism } from "node:os";

import type { Sample } from "./commands";
import { median } from "./statistics";

/** The samples of each row that was measured. */
export type Results = Readonly<Record<string, readonly Sample[]>>;

/** Seconds, mebibytes, or how often as much. */
export type Unit = "s" | "MiB" | "×";

/** What a figure should be, and what it was. */
export interface Verdict {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: Unit;
  readonly met: boolean;
}

interface Target {
  readonly what: string;
  readonly limit: number;
  readonly unit: Unit;
  /** `undefined` when what it is made of was not measured. */
  readonly value: (results: Results) => number | undefined;
}

/** 700 MB, in the unit that memory is measured in. */
const MEMORY_LIMIT_MIB = 667;

const TARGETS: readonly Target[] = [
  atMost("first up of prod, until all is ready", 9, "prod-first-up"),
  atMost("the same with `--skip-preview`", 7, "prod-first-up-skip"),
  atMost("preview of prod, no change", 3.3, "prod-same-preview"),
  atMost("first up of prod with every component", 9, "complete-first-up"),
  atMost("the same with every component and `--skip-preview`", 7, "complete-first-up-skip"),
  atMost("preview of prod with every component, no change", 3.3, "complete-same-preview"),
  atMost("program start to last resource registered", 1, "program-start"),
  moreThan("preview of prod, nothing there", "prod-first-preview", "nothing-first-preview", 1),
  moreThan("first up of prod", "prod-first-up", "nothing-first-up", 3.5),
  moreThan("first up of prod with every component", "complete-first-up", "complete-nothing-first-up", 3.5),
  {
    what: "what `make` adds to a preview",
    limit: 0.5,
    unit: "s",
    value: difference("prod-make-json", "prod-same-preview"),
  },
  {
    what: "what policy and gate add to `make preview` of prod",
    limit: 2,
    unit: "s",
    value: difference("prod-make-preview", "prod-make-json"),
  },
  {
    what: "engine, host and plugins together, at most, with prod",
    limit: MEMORY_LIMIT_MIB,
    unit: "MiB",
    value: (results) => {
      const samples = Object.entries(results).flatMap(([row, all]) =>
        /^(prod|complete)-/.test(row) ? all : [],
      );
      const figures = samples.flatMap(({ memoryMiB }) => memoryMiB ?? []);
      return figures.length === 0 ? undefined : Math.max(...figures);
    },
  },
  atMost("`deploy` of a pull request whose image is there, until all is ready", 30, "deploy-first"),
  {
    what: "ten deployed at once, as a multiple of ten times one's processor time divided by the processors",
    limit: 1.3,
    unit: "×",
    value: (results) => {
      const together = secondsOf(results, "deploy-ten");
      const one = results["deploy-first"]?.flatMap(({ processorSeconds }) => processorSeconds ?? []) ?? [];
      if (together === undefined || one.length === 0) return undefined;
      return together / ((10 * median(one)) / availableParallelism());
    },
  },
  atMost("`list` with 100 instances", 2, "list-100"),
  atMost("what would become of 200 instances", 2, "judge-200"),
  atMost("ten instances reaped", 60, "reap-ten"),
];

/** Every target whose rows were measured. They inform; missing one is no failure. */
export function verdicts(results: Results): Verdict[] {
  return TARGETS.flatMap(({ what, limit, unit, value: valueOf }) => {
    const value = valueOf(results);
    return value === undefined ? [] : [{ what, value, limit, unit, met: value <= limit }];
  });
}

/** The median of a row's seconds. */
export function secondsOf(results: Results, row: string): number | undefined {
  const samples = results[row] ?? [];
  return samples.length === 0 ? undefined : median(samples.map(({ seconds }) => seconds));
}

function atMost(what: string, limit: number, row: string): Target {
  return { what, limit, unit: "s", value: (results) => secondsOf(results, row) };
}

function moreThan(what: string, row: string, base: string, limit: number): Target {
  const more = `${what}: more than with a plugin that does nothing`;
  return { what: more, limit, unit: "s", value: difference(row, base) };
}

function difference(row: string, base: string): Target["value"] {
  return (results) => {
    const [more, less] = [secondsOf(results, row), secondsOf(results, base)];
    return more === undefined || less === undefined ? undefined : more - less;
  };
}
