import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { finished } from "node:stream/promises";

import { installPrograms } from "../tools/setup/programs";

/** What one suite counted. */
interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

/** Checks that have no count of their own: each is one test. */
const CHECKS: readonly (readonly [title: string, command: string, ...args: string[]])[] = [
  ["type check", "npx", "tsc", "--noEmit"],
  ["lint", "npm", "run", "--silent", "lint"],
];

/** A part of the tests that runs by itself: `name` is that of its configuration. */
interface Suite {
  readonly name: "unit" | "programs" | "live";
  readonly title: string;
  /** Patterns of files that are not its own. @default none */
  readonly ignored?: string;
}

/**
 * Suites from the quickest to the slowest. The halves of the last run at the same time: both wait a lot, for the
 * cluster and for time to pass, and each has control planes of its own.
 */
const SUITES: readonly (readonly Suite[])[] = [
  [{ name: "unit", title: "unit tests" }],
  [{ name: "programs", title: "tests with real programs" }],
  [
    { name: "live", title: "live tests of the commands", ignored: "test/!(bin|cli)/**" },
    { name: "live", title: "live tests of all else", ignored: "test/@(bin|cli)/**" },
  ],
];

/** Runs every check and suite, whatever fails before; prints one line with the sums at the end. */
async function main(): Promise<number> {
  installPrograms((line) => {
    console.log(line);
  });
  const folder = mkdtempSync(join(tmpdir(), "packit-stacks-test-"));
  try {
    const all = CHECKS.map(runCheck);
    for (const suites of SUITES) all.push(...(await runSuites(suites, folder)));
    const passed = sum(all.map((counts) => counts.passed));
    const skipped = all.flatMap((counts) => counts.skipped);
    // Where everything can be installed, a skipped test is a hole in the net.
    const holes = process.env.CI === "true" ? skipped.length : 0;
    const failed = sum(all.map((counts) => counts.failed)) + holes;
    for (const title of skipped) console.log(`skipped: ${title}`);
    console.log(
      `${passed} passed, ${failed} failed${skipped.length > holes ? `, ${skipped.length} skipped` : ""}`,
    );
    return failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runCheck([title, command, ...args]: (typeof CHECKS)[number]): Counts {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  return status === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
}

/** Runs suites at the same time; what they print comes one after the other. */
async function runSuites(suites: readonly Suite[], folder: string): Promise<Counts[]> {
  const runs = suites.map((suite, index) => startSuite(suite, join(folder, `${suite.name}-${index}.json`)));
  const counts: Counts[] = [];
  for (const { title, output, ended } of runs) {
    console.log(`\n== ${title}`);
    output.pipe(process.stdout, { end: false });
    await finished(output);
    counts.push(await ended);
  }
  return counts;
}

function startSuite(
  { name, title, ignored }: Suite,
  file: string,
): { readonly title: string; readonly output: Readable; readonly ended: Promise<Counts> } {
  const args = [
    ...["mocha", "--config", `test/${name}.mocharc.json`, "--reporter", "test/support/counting-reporter.cjs"],
    ...(ignored === undefined ? [] : ["--ignore", ignored]),
  ];
  const output = new PassThrough({ highWaterMark: Number.MAX_SAFE_INTEGER });
  const child = spawn("npx", args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, COUNTS_FILE: file, ...(process.stdout.isTTY && { FORCE_COLOR: "1" }) },
  });
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  child.once("close", () => output.end());
  return { title, output, ended: once(child, "close").then(([code]) => countsIn(file, code === 0)) };
}

function countsIn(file: string, succeeded: boolean): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
  const counts = JSON.parse(readFileSync(file, "utf8")) as Counts;
  // A suite can fail outside of any test, for example while its files are loaded.
  return succeeded ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

void main().then((code) => {
  process.exitCode = code;
});
