import pc from "picocolors";

/** Colours only on a terminal; the library by itself takes a CI system for one. */
const colours = (stream: NodeJS.WriteStream): ReturnType<typeof pc.createColors> =>
  pc.createColors(stream.isTTY && process.env.NO_COLOR === undefined);
const onOutput = colours(process.stdout);
const onError = colours(process.stderr);

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
