import * as pulumi from "@pulumi/pulumi";

import { advice, type Finding } from "./findings";

/**
 * The error by which a program is refused: everything found, one after the other.
 * It has no stack: printing one takes the engine's host many seconds, and it would say nothing to the reader.
 */
export function refusal(stackName: string, findings: readonly Finding[], secrets: Iterable<string>): Error {
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  const list = findings.map(({ rule, where, problem }) =>
    indent(`${where}: ${problem} [${rule.id}]\n${advice(rule)}`),
  );
  const error = new pulumi.RunError(
    withheld(`The policy refuses stack ${stackName}: ${count}\n\n${list.join("\n\n")}`, secrets),
  );
  Object.defineProperty(error, "stack", { value: undefined });
  return error;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}

function withheld(text: string, secrets: Iterable<string>): string {
  let shown = text;
  for (const secret of secrets) if (secret !== "") shown = shown.replaceAll(secret, "[secret]");
  return shown;
}
