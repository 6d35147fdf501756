import { onOutput } from "../../../tools/process/colours";
import { durationText } from "../duration-text";
import { type BoardRow, staysForEver } from "./row";

/** Least width of a column that is narrowed. */
const LEAST = 12;
const GAP = "  ";

interface Column {
  readonly heading: string;
  readonly cell: (row: BoardRow) => string;
  /** What is done where the terminal is too narrow: its texts are cut, or it is left out. @default nothing */
  readonly narrow?: "cut" | "leave out";
}

const COLUMNS: readonly Column[] = [
  { heading: "NAME", cell: ({ name }) => name },
  {
    heading: "STATE",
    cell: ({ state, place }) => (place === undefined ? state : `${state} (${place})`),
  },
  { heading: "RUNS", cell: ({ runs }) => runs.map(({ text }) => text).join(" "), narrow: "cut" },
  { heading: "WHOSE", cell: ({ whose }) => whose?.text ?? "", narrow: "cut" },
  {
    heading: "AGE",
    cell: ({ createdAt, now }) => (createdAt === undefined ? "" : durationText(now - createdAt)),
  },
  { heading: "EXPIRES", cell: expiry },
  // Half an address leads nowhere, and `packit-stacks open` knows it.
  { heading: "ADDRESS", cell: address, narrow: "leave out" },
];

/**
 * The rows as lines of text with headings.
 *
 * @param width - Columns of the terminal. @default as many as it takes
 * @param colours - For the states. @default those of standard output, on a terminal
 */
export function terminalTable(rows: readonly BoardRow[], width = Infinity, colours = onOutput): string {
  const all = COLUMNS.map(({ heading, cell, narrow }) => {
    const cells = [heading, ...rows.map(cell)];
    return { cells, narrow, width: Math.max(...cells.map((text) => text.length)) };
  });
  const columns = fits(all, width)
    ? all
    : cut(
        all.filter(({ narrow }) => narrow !== "leave out"),
        width,
      );
  const lineOf = (line: number, state?: BoardRow["state"]): string =>
    columns
      .map(({ cells, width: most }, column) => {
        const text = shortened(cells[line] ?? "", most).padEnd(most);
        return state !== undefined && column === 1 ? coloured(text, state, colours) : text;
      })
      .join(GAP)
      .trimEnd();
  return [lineOf(0), ...rows.map(({ state }, index) => lineOf(index + 1, state))].join("\n");
}

interface Laid {
  readonly cells: readonly string[];
  readonly narrow: Column["narrow"];
  readonly width: number;
}

function lengthOf(columns: readonly Laid[]): number {
  return columns.reduce((sum, { width }) => sum + width, GAP.length * (columns.length - 1));
}

function fits(columns: readonly Laid[], width: number): boolean {
  return lengthOf(columns) <= width;
}

/** Narrows the widest of what may be cut, a letter at a time, until all fits or nothing is left to cut. */
function cut(columns: readonly Laid[], width: number): readonly Laid[] {
  if (fits(columns, width)) return columns;
  const widest = columns
    .filter(({ narrow, width: now }) => narrow === "cut" && now > LEAST)
    .reduce<Laid | undefined>(
      (most, one) => (most !== undefined && most.width >= one.width ? most : one),
      undefined,
    );
  if (widest === undefined) return columns;
  return cut(
    columns.map((one) => (one === widest ? { ...one, width: one.width - 1 } : one)),
    width,
  );
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function coloured(text: string, state: BoardRow["state"], colours: typeof onOutput): string {
  if (state === "live") return colours.green(text);
  if (state === "failed") return colours.red(text);
  return state === "asleep" || state === "unknown" ? colours.dim(text) : colours.yellow(text);
}

function expiry(row: BoardRow): string {
  const { expiresAt, now } = row;
  if (expiresAt === undefined) return staysForEver(row) ? "never" : "";
  return expiresAt <= now ? "due" : `in ${durationText(expiresAt - now)}`;
}

function address({ addresses }: BoardRow): string {
  const linked = addresses.filter(({ url }) => url !== undefined);
  const best = linked.find(({ text }) => text === "dashboard") ?? linked[0];
  return best?.url ?? "";
}
