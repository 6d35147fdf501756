import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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

/** Suites from the quickest to the slowest. */
const SUITES = ["unit", "programs", "live"] as const;

/** Runs every check and suite, whatever fails before; prints one line with the sums at the end. */
function main(): number {
  installPrograms((line) => {
    console.log(line);
  });
  const folder = mkdtempSync(join(tmpdir(), "packit-stacks-test-"));
  try {
    const all = [...CHECKS.map(runCheck), ...SUITES.map((suite) => runSuite(suite, folder))];
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

function runSuite(suite: string, folder: string): Counts {
  console.log(`\n== ${suite} tests`);
  const file = join(folder, `${suite}.json`);
  const args = [
    "mocha",
    "--config",
    `test/${suite}.mocharc.json`,
    "--reporter",
    "test/support/counting-reporter.cjs",
  ];
  const { status } = spawnSync("npx", args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, COUNTS_FILE: file },
  });
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
  const counts = JSON.parse(readFileSync(file, "utf8")) as Counts;
  // A suite can fail outside of any test, for example while its files are loaded.
  return status === 0 ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

process.exitCode = main();
