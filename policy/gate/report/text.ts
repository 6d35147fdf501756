import type { Finding, Verdict } from "../judge";
import { detailsOf, headline } from "./lines";

/** Colours of a terminal, or functions that leave text as it is. */
export interface Colours {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** A verdict for a terminal. */
export function asText(verdict: Verdict, colours: Colours): string {
  const { findings, undecided, approved, errors, notes, outcome } = verdict;
  const paint = { safe: colours.green, unsafe: colours.red, undecided: colours.yellow }[outcome];
  const blocks = [
    ...findings.map((finding) => block("unsafe", colours.red, finding, colours)),
    ...undecided.map((finding) => block("not known", colours.yellow, finding, colours)),
    ...approved.map((finding) => block("approved", colours.green, finding, colours)),
  ];
  return [
    ...blocks.map((text) => `${text}\n`),
    ...errors.map((error) => `${colours.red("error:")} ${error}`),
    ...notes.map((note) => colours.dim(`note: ${note}`)),
    `${colours.bold("gate:")} ${paint(headline(verdict))}`,
    ...(findings.length > 0 ? [approveHint(findings)] : []),
  ].join("\n");
}

function block(word: string, paint: (text: string) => string, finding: Finding, colours: Colours): string {
  const head = `${paint(word)} ${colours.bold(finding.resource)}: ${finding.says} [${finding.rule}]`;
  return [head, ...detailsOf(finding).map(([label, text]) => `  ${label.padEnd(9)} ${text}`)].join("\n");
}

function approveHint([finding]: readonly Finding[]): string {
  if (finding === undefined) return "";
  return `      If it is meant: --approve '${finding.rule}=${finding.urn}' --reason '…', for each of them.`;
}
