import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";

import { Command, InvalidArgumentError, Option } from "commander";

import { projectRoot } from "../tools/setup/project";
import { Clone } from "./clone";
import { endAll, interrupt, type Sample } from "./commands";
import { withFigures } from "./document";
import { Lab } from "./lab";
import { type Circumstances, circumstances } from "./machine";
import { type Row, ROWS } from "./rows";
import { plain, tables } from "./table";
import { type Results, verdicts } from "./targets";

interface Options {
  readonly only: string[];
  readonly runs: number;
  readonly json: boolean;
  readonly update: boolean;
}

/** From this load on, one process waits for a processor most of the time, besides what is measured. */
const BUSY = 0.7;

const names = ROWS.map(({ name }) => name);

const program = new Command("bench")
  .description("Measures how long things take and how much memory they need.")
  .addOption(new Option("--only <row...>", "measure these rows alone").choices(names).default([]))
  .option("--runs <number>", "how often to measure each row", wholeNumber, 3)
  .option("--json", "print all samples as JSON", false)
  .addOption(
    new Option("--update", "write the figures of all rows into docs/performance.md")
      .default(false)
      .conflicts("only"),
  )
  .parse();

async function main({ only, runs, json, update }: Options): Promise<void> {
  const rows = ROWS.filter(({ name }) => only.length === 0 || only.includes(name));
  const [load = 0] = loadavg();
  if (load > BUSY) progress(`this machine is busy (load ${load.toFixed(1)}): figures will be too high`);
  const { results, conditions } = await measureAll(rows, runs);
  const figures = tables(rows, results);
  if (json) {
    const machine = Object.fromEntries(conditions);
    console.log(JSON.stringify({ machine, results, targets: verdicts(results) }, undefined, 2));
  } else {
    console.log(conditions.map(([label, value]) => `${label} ${value}`).join(", "));
    for (const table of figures) console.log(`\n${plain(table)}`);
  }
  if (update) {
    const path = join(projectRoot(), "docs", "performance.md");
    writeFileSync(path, await withFigures(readFileSync(path, "utf8"), conditions, figures));
    progress("wrote docs/performance.md");
  }
}

async function measureAll(
  rows: readonly Row[],
  runs: number,
): Promise<{ readonly results: Results; readonly conditions: Circumstances }> {
  const clone = Clone.make();
  try {
    const lab = await Lab.in(clone, progress);
    const results: Record<string, Sample[]> = {};
    // Round by round, so that a slow minute of the machine touches each row once and not one row alone.
    for (let round = 1; round <= runs; round++) {
      for (const row of rows.filter(({ once }) => once !== true || round === 1)) {
        await row.prepare?.(lab);
        const sample = await row.run(lab);
        (results[row.name] ??= []).push(sample);
        progress(`${round}/${row.once === true ? 1 : runs} ${row.name}: ${describe(sample)}`);
      }
    }
    return { results, conditions: circumstances(clone.toolchain, new Date()) };
  } finally {
    progress("cleaning up");
    await clone.remove();
    await endAll();
  }
}

function describe({ seconds, memoryMiB }: Sample): string {
  return `${seconds.toFixed(2)} s${memoryMiB === undefined ? "" : `, ${memoryMiB} MiB`}`;
}

/** On standard error: standard output is for results. */
function progress(line: string): void {
  console.error(`· ${line}`);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError("Give a whole number from 1 on.");
  }
  return number;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void interrupt());

main(program.opts<Options>()).catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
