import { exitCodeOf, type Verdict } from "../judge";

/** A verdict for programs. */
export function asJson(verdict: Verdict): string {
  return JSON.stringify({ ...verdict, exitCode: exitCodeOf(verdict) }, undefined, 2);
}
