import { onError, onOutput } from "../tools/process/colours";

/** A step on the way, on standard error: standard output is for results. */
export function progress(line: string): void {
  console.error(onError.dim(`· ${line}`));
}

/** A failure that the user can mend, without a stack. */
export function failure(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  console.error(`${onError.red("error:")} ${text}`);
}

/** A short list under a heading. */
export function section(title: string, rows: readonly (readonly [label: string, text: string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return [onOutput.bold(title), ...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`)].join(
    "\n",
  );
}
