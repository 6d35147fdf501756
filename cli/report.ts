import { onError, onOutput } from "../tools/process/colours";

/** A step on the way, on standard error: standard output is for results. */
export function progress(line: string): void {
  console.error(onError.dim(`· ${line}`));
}

/** A failure that the user can mend, without a stack. */
export function failure(error: unknown): void {
  console.error(`${onError.red("error:")} ${messageOf(error)}`);
}

/** What went wrong, in words: the system's own errors speak of calls and codes. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  const says = code === undefined ? undefined : PATH_ERRORS[code];
  return path === undefined || says === undefined ? error.message : `${path}: ${says}`;
}

const PATH_ERRORS: Readonly<Partial<Record<string, string>>> = {
  EACCES: "you have no right to it",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "is no folder",
};

/** A short list under a heading. */
export function section(title: string, rows: readonly (readonly [label: string, text: string])[]): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  return [onOutput.bold(title), ...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`)].join(
    "\n",
  );
}
