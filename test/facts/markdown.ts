import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One row of a table, by column title. */
export type Row = Readonly<Record<string, string>>;

/** Text of a page in `docs/`. */
export function page(name: string): string {
  return readFileSync(join(__dirname, "../../docs", name), "utf8");
}

/** Rows of all tables below a heading, up to the next heading of its level or above. */
export function tablesBelow(text: string, heading: string): Row[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.replace(/^#+ /, "") === heading && line.startsWith("#"));
  if (start < 0) throw new Error(`no heading ${heading}`);
  const level = /^#+/.exec(lines[start] ?? "")?.[0].length ?? 1;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => new RegExp(`^#{1,${level}} `).test(line));
  return rows(end < 0 ? rest : rest.slice(0, end));
}

function rows(lines: readonly string[]): Row[] {
  const found: Row[] = [];
  let titles: string[] | undefined;
  for (const line of lines) {
    if (!line.startsWith("|")) titles = undefined;
    else if (titles === undefined) titles = cells(line);
    else if (!/^\|[\s:|-]+$/.test(line)) {
      const values = cells(line);
      found.push(Object.fromEntries(titles.map((title, index) => [title, values[index] ?? ""])));
    }
  }
  return found;
}

/** Cells without the marks of code, in which a bar is written `\|`. */
function cells(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("`", "").replaceAll("\\|", "|"));
}
