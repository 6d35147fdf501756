import type { Finding, Verdict } from "../judge";
import { countsLine, detailsOf, headline } from "./lines";

const SIGNS = { safe: "✅", unsafe: "❌", undecided: "⚠️" } as const;

/** Most findings that are told one by one: a comment may have 65,536 characters. */
const MOST = 40;

/** A verdict as a comment on a pull request: short, with the details folded. */
export function asMarkdown(verdict: Verdict): string {
  const { findings, undecided, approved, errors, notes, outcome, fingerprint } = verdict;
  const parts = [
    `### ${SIGNS[outcome]} ${escaped(headline(verdict))}`,
    escaped(countsLine(verdict)),
    ...errors.map((error) => `- error: ${escaped(error.replaceAll("\n", " "))}`),
    ...limited(findings, "❌"),
    ...limited(undecided, "⚠️"),
    ...limited(approved, "approved:"),
    ...notes.map((note) => `- note: ${escaped(note)}`),
    ...(findings.length > 0 && fingerprint !== undefined
      ? [`If all of this is meant, a maintainer sets the label \`unsafe-approved-${fingerprint}\`.`]
      : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function limited(findings: readonly Finding[], sign: string): string[] {
  const shown = findings.slice(0, MOST).map((finding) => folded(finding, sign));
  return findings.length > MOST ? [...shown, `and ${findings.length - MOST} more`] : shown;
}

function folded(finding: Finding, sign: string): string {
  const rows = detailsOf(finding).map(([label, text]) => `- ${label}: ${escaped(text)}`);
  // Markup is not read within this line, HTML is.
  const head = `${sign} <b>${harmless(finding.resource)}</b>: ${harmless(finding.says)} (${finding.rule})`;
  return [`<details><summary>${head}</summary>`, rows.join("\n"), code(finding.urn), "</details>"].join(
    "\n\n",
  );
}

/** Text that is neither markup nor a mention, a link or a reference. */
function escaped(text: string): string {
  return harmless(text).replaceAll(/[\\`*_{}[\]|~]/g, String.raw`\$&`);
}

/** Text that is neither HTML nor a mention, a link or a reference. */
function harmless(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/([@#])(?=\w)/g, "$1\u200B")
    .replaceAll(/:\/\//g, ":\u200B//");
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}
