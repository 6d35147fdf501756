import { plainError } from "../stacks/plain-error";
import { advice, type Finding } from "./findings";

/** The error by which a program is refused: everything found, one after the other. */
export function refusal(stackName: string, findings: readonly Finding[], secrets: Iterable<string>): Error {
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  const list = findings.map(({ rule, where, problem }) =>
    indent(`${where}: ${problem} [${rule.id}]\n${advice(rule)}`),
  );
  return plainError(
    withheld(`The policy refuses stack ${stackName}: ${count}\n\n${list.join("\n\n")}`, secrets),
  );
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}

function withheld(text: string, secrets: Iterable<string>): string {
  let shown = text;
  for (const secret of secrets) if (secret !== "") shown = shown.replaceAll(secret, "[secret]");
  return shown;
}
