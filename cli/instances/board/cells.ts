import { type Html, markup, type Piece } from "./markup";
import type { BoardRow, Words } from "./row";
import { ageOf, cpuText, endOf, memoryText, type Moment } from "./words";

/** Most characters of a reason that are shown without being asked for. */
const SHORT = 90;

interface Column {
  readonly heading: string;
  readonly cell: (row: BoardRow) => Piece;
}

const COLUMNS: readonly Column[] = [
  { heading: "State", cell: state },
  { heading: "Runs", cell: ({ runs }) => list(runs) },
  { heading: "Whose", cell: ({ whose }) => whose && words(whose) },
  { heading: "Addresses", cell: ({ addresses }) => list(addresses) },
  { heading: "Age", cell: (row) => time(ageOf(row)) },
  { heading: "Expires", cell: expiry },
  { heading: "Requests", cell: requests },
];

/** Headings of the table's columns; the first is that of the rows' headings. */
export const HEADINGS: readonly string[] = ["Instance", ...COLUMNS.map(({ heading }) => heading)];

/**
 * A row of the table. The roles say again what the elements are: a narrow page lays them out as blocks, and some
 * browsers then no longer take them for a table.
 */
export function tableRow(row: BoardRow): Html {
  return markup`<tr role="row">
<th role="rowheader" scope="row">${row.name}${origin(row)}</th>
${COLUMNS.map((column) => tableCell(column, row))}</tr>
`;
}

/** The label is for narrow pages, where no heading stands above the cell. */
function tableCell({ heading, cell }: Column, row: BoardRow): Html {
  return markup`<td role="cell" class="c-${heading.toLowerCase()}">
<span class="label" aria-hidden="true">${heading}</span>
<div>${orNothing(cell(row))}</div>
</td>
`;
}

function origin({ base, cluster }: BoardRow): Html {
  const from = base === "" ? "" : `based on ${base}, `;
  return markup`<span class="small">${from}on ${cluster}</span>`;
}

function state({ state: is, place, worker, reason }: BoardRow): Html {
  return markup`<span class="state ${is}"><span class="mark" aria-hidden="true"></span>${is}</span>${
    place !== undefined && markup`<span class="small">number ${place} in the queue</span>`
  }${worker !== undefined && markup`<span class="small">${worker} is at it</span>`}${because(reason)}`;
}

/** A long reason opens when somebody asks for it. */
function because(reason: string | undefined): Piece {
  if (reason === undefined || reason === "") return undefined;
  if (reason.length <= SHORT) return markup`<span class="small">${reason}</span>`;
  const cut = Array.from(reason).slice(0, SHORT).join("");
  return markup`<details class="small"><summary>${cut}…</summary><p>${reason}</p></details>`;
}

function expiry(row: BoardRow): Piece {
  const end = endOf(row);
  if (end === undefined || "iso" in end) return time(end);
  return markup`never${end.keep !== "" && markup`<span class="small">${end.keep}</span>`}`;
}

function time(moment: Moment | undefined): Piece {
  return moment && markup`<time datetime="${moment.iso}" title="${moment.exact}">${moment.text}</time>`;
}

function requests({ requests: promised }: BoardRow): Piece {
  if (promised === undefined) return undefined;
  return markup`${cpuText(promised)}<br>${memoryText(promised)}`;
}

function list(all: readonly Words[]): Piece {
  if (all.length === 0) return undefined;
  return markup`<ul role="list">${all.map((one) => markup`<li>${words(one)}</li>`)}</ul>`;
}

function words({ text, url }: Words): Piece {
  return url === undefined ? text : markup`<a href="${url}">${text}</a>`;
}

/** What is not known or not there is said, too: an empty cell says nothing to who hears the page. */
function orNothing(piece: Piece): Piece {
  const nothing = markup`<span class="none"><span aria-hidden="true">–</span><span class="hidden">not known</span></span>`;
  return piece ?? nothing;
}
