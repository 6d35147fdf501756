import { isatty } from "node:tty";

import pc from "picocolors";

/** Colours for standard output. */
export const onOutput = pc.createColors(isTerminal(1));

/** Colours for standard error. */
export const onError = pc.createColors(isTerminal(2));

/** Colours only on a terminal; the library by itself takes a CI system for one. */
function isTerminal(descriptor: number): boolean {
  return isatty(descriptor) && process.env.NO_COLOR === undefined;
}
