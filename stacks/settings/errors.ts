/** One thing that is wrong with a stack's name, settings or secrets. */
export interface Finding {
  /** What is wrong: a setting such as `packit:workers.longRunning.replicas`, or `stack name`. */
  readonly key: string;
  /** Says in one sentence what is wrong; never holds a secret value. */
  readonly problem: string;
  /** The file that says so, where it is not clear from the stack: a test instance's base. */
  readonly file?: string;
  /** The value seen, as the user wrote it; absent when nothing was there or when it is secret. */
  readonly seen?: string;
  /** What may stand there. */
  readonly allowed?: string;
  /** What to do about it, a command where one does it. */
  readonly fix: string;
}

/**
 * Everything that is wrong with a stack's input, found in one go, before any resource is touched.
 * The message holds it all and needs no stack trace.
 */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  /**
   * @param stackName - Name of the stack as the user gave it.
   * @param findings - At least one.
   */
  constructor(
    readonly stackName: string,
    readonly findings: readonly Finding[],
  ) {
    const count = findings.length === 1 ? "1 problem" : `${findings.length} problems`;
    super(`Stack ${stackName}: ${count}\n\n${findings.map(formatFinding).join("\n\n")}`);
  }
}

/** A finding as a few indented lines: key and problem, then what was seen, what is allowed, and the fix. */
export function formatFinding(finding: Finding): string {
  const rows = [
    ["in", finding.file],
    ["seen", finding.seen],
    ["allowed", finding.allowed],
    ["fix", finding.fix],
  ] as const;
  const details = rows.flatMap(([label, text]) =>
    text === undefined
      ? []
      : [`    ${`${label}:`.padEnd(8)} ${text.replaceAll("\n", `\n${" ".repeat(13)}`)}`],
  );
  return [`  ${finding.key}: ${finding.problem}`, ...details].join("\n");
}

/** Throws one {@link SettingsError} with all findings, when there are any. */
export function refuse(stackName: string, findings: readonly Finding[]): void {
  if (findings.length > 0) throw new SettingsError(stackName, findings);
}
