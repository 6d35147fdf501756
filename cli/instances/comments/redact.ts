/** What stands in place of a secret. */
const HIDDEN = "(hidden)";

/** The shortest text that is taken for a secret of ours. */
const LEAST = 6;

const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g, HIDDEN],
  [/\b(?:gh[pousr]_|github_pat_|glpat-)[A-Za-z0-9_-]{10,}/g, HIDDEN],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, HIDDEN],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
  // The user and password of an address.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, `$1${HIDDEN}@`],
  [/(\b(?:bearer|basic|token)\s+)[A-Za-z0-9+/._~=-]{8,}/gi, `$1${HIDDEN}`],
  [
    /((?:password|passwd|passphrase|secret|token|api[-_]?key|private[-_]?key|authorization)["']?\s*[=:]\s*)(?:"[^"\n]*"|'[^'\n]*'|[^\s,;]+)/gi,
    `$1${HIDDEN}`,
  ],
];

/**
 * The text without what looks like a secret, and without these that are known. Logs and reasons are shown to everybody
 * who can read a pull request.
 *
 * @param known - Secrets of this process, such as its token.
 */
export function redacted(text: string, known: readonly string[]): string {
  const longestFirst = known.filter(({ length }) => length >= LEAST).sort((a, b) => b.length - a.length);
  const without = longestFirst.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
  return SHAPES.reduce((rest, [shape, instead]) => rest.replaceAll(shape, instead), without);
}
