import { onOutput } from "../../../tools/process/colours";
import type { ProjectPaths } from "../../paths";
import { report, type SecretRow, type SecretState } from "./report";
import { codeOf, isEnding, STATUS_CODES } from "./status-code";
import { readSecrets } from "./store";
import { commandFor, secretsSubject, type Subject } from "./subject";

export interface StatusOptions {
  readonly local: boolean;
  readonly json: boolean;
  /** Days before its end from which on a certificate or token is told. */
  readonly warnDays: number;
}

/** Says how it stands with each secret of a stack, never what it is. @returns a code of {@link STATUS_CODES}. */
export async function status(paths: ProjectPaths, name: string, options: StatusOptions): Promise<number> {
  const subject = await secretsSubject(paths, name, options.local);
  const rows = report(subject, await readSecrets(subject), new Date());
  const code = codeOf(rows, options.warnDays);
  if (options.json) {
    const word = Object.entries(STATUS_CODES).find(([, value]) => value === code)?.[0];
    console.log(JSON.stringify({ stack: name, status: word, secrets: rows }, undefined, 2));
    return code;
  }
  console.log(table(rows, options.warnDays));
  console.log(`\n${summary(subject, rows, options.warnDays)}`);
  return code;
}

/** So many commands are shown one by one. */
const FEW = 5;

const COLOURS: Readonly<Record<SecretState, (text: string) => string>> = {
  set: onOutput.green,
  made: onOutput.green,
  example: onOutput.yellow,
  unused: onOutput.yellow,
  missing: onOutput.red,
  wrong: onOutput.red,
  optional: onOutput.dim,
};

function table(rows: readonly SecretRow[], warnDays: number): string {
  const width = Math.max(...rows.map(({ secret }) => secret.length));
  const wide = Math.max(...rows.map(({ state }) => state.length));
  return rows
    .map((row) => {
      const state = COLOURS[row.state](row.state.padEnd(wide));
      return `${row.secret.padEnd(width)}  ${state}  ${remarkOn(row, warnDays)}`.trimEnd();
    })
    .join("\n");
}

function remarkOn(row: SecretRow, warnDays: number): string {
  const parts = [
    row.ends === undefined ? undefined : `ends ${row.ends}, ${row.daysLeft ?? 0} days left`,
    row.remark,
    row.state === "missing" || row.state === "optional" ? row.description : undefined,
  ].filter((part) => part !== undefined && part !== "");
  const text = parts.join("; ");
  return isEnding(row, warnDays) ? onOutput.yellow(text) : text;
}

function summary(subject: Subject, rows: readonly SecretRow[], warnDays: number): string {
  const lacking = rows.filter(({ state }) => state === "missing" || state === "wrong");
  const ending = rows.filter((row) => isEnding(row, warnDays));
  const { name } = subject.stack;
  const commands =
    lacking.length > FEW
      ? [commandFor(subject, "set", "NAME"), `or all in one: ${commandFor(subject, "import", "FOLDER")}`]
      : lacking.map(({ secret }) => commandFor(subject, "set", secret));
  const lines = [
    ...commands,
    ...ending.map(({ secret, daysLeft }) => `${secret} ends in ${daysLeft ?? 0} days: renew it`),
  ];
  if (lines.length === 0) return `${name} has what it needs.`;
  const heading = lacking.length > 0 ? `${name} lacks ${lacking.length}:` : `${name} has what it needs, but:`;
  return [onOutput.bold(heading), ...lines.map((line) => `  ${line}`)].join("\n");
}
