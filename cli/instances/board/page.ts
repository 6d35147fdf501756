import { createHash } from "node:crypto";

import { HEADINGS, tableRow } from "./cells";
import { Html, markup } from "./markup";
import type { BoardRow } from "./row";
import { STYLE } from "./style";
import { countText, cpuText, memoryText, moment, total } from "./words";

/** What a page is about. */
export interface Board {
  readonly rows: readonly BoardRow[];
  /** Which clusters could not be asked, and why. */
  readonly problems: readonly string[];
  /** When everybody was asked, in milliseconds since 1970. */
  readonly asOf: number;
}

/** What a browser may do with the page: use its own style, and nothing else. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * A web page with every test instance: one file, without scripts, and with nothing that a browser would have to fetch.
 * Its policy keeps a browser from running anything, even if a text came through as HTML.
 */
export function page({ rows, problems, asOf }: Board): string {
  const { iso, exact } = moment("", asOf);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Test instances</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1>Test instances</h1>
${rows.length > 0 && markup`<p>${summary(rows)}</p>`}
</header>
<main>
${problems.length > 0 && complaint(problems)}${rows.length === 0 ? empty(problems) : table(rows)}
</main>
<footer>
<p>As of <time datetime="${iso}">${exact}</time>, and all times are as seen from then.</p>
</footer>
</body>
</html>`.text;
}

function summary(rows: readonly BoardRow[]): string {
  const all = total(rows);
  const promised = all === undefined ? "" : `. Their pods request ${cpuText(all)} and ${memoryText(all)}`;
  return `${countText(rows)}${promised}.`;
}

function complaint(problems: readonly string[]): Html {
  return markup`<section class="problems" aria-labelledby="problems">
<h2 id="problems">Not all clusters have answered</h2>
<ul>${problems.map((problem) => markup`<li>${problem}</li>`)}</ul>
</section>
`;
}

function empty(problems: readonly string[]): Html {
  const none = problems.length === 0 ? "There are no test instances." : "Nothing is known of test instances.";
  return markup`<div class="empty">
<p>${none}</p>
<p>One is made by <code>npx packit-stacks deploy packit-service=614</code>, or by the comment
<code>/packit-deploy</code> on a pull request.</p>
</div>`;
}

function table(rows: readonly BoardRow[]): Html {
  return markup`<table role="table">
<caption class="hidden">Test instances, by name</caption>
<thead role="rowgroup"><tr role="row">
${HEADINGS.map((heading) => markup`<th role="columnheader" scope="col">${heading}</th>\n`)}</tr></thead>
<tbody role="rowgroup">
${rows.map(tableRow)}</tbody>
</table>`;
}
