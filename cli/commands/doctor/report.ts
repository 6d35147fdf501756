import { onOutput } from "../../../tools/process/colours";
import type { Examined, Verdict } from "./check";

const COLOURS: Readonly<Record<Verdict, (text: string) => string>> = {
  ok: onOutput.green,
  warning: onOutput.yellow,
  failed: onOutput.red,
  skipped: onOutput.dim,
};

const WIDTH = 12;

/** A finding for people: verdict, check, what was found, and what to do. */
export function asText({ id, verdict, says, fix }: Examined): string {
  const indent = " ".repeat(9 + WIDTH + 1);
  const lines = says.split("\n");
  const fixes =
    fix === undefined ? [] : fix.split("\n").map((line, i) => `${i === 0 ? "fix: " : "     "}${line}`);
  const [first = "", ...others] = [...lines, ...fixes];
  const head = `${COLOURS[verdict](verdict.padEnd(8))} ${id.padEnd(WIDTH)} ${first}`;
  return [head, ...others.map((line) => indent + line)].join("\n");
}

/** All findings for scripts. */
export function asJson(stack: string | undefined, findings: readonly Examined[]): string {
  return JSON.stringify(
    { ...(stack !== undefined && { stack }), healthy: isHealthy(findings), checks: findings },
    undefined,
    2,
  );
}

export function isHealthy(findings: readonly Examined[]): boolean {
  return findings.every(({ verdict }) => verdict !== "failed");
}
