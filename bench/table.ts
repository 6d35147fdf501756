import type { Row } from "./rows";
import { median } from "./statistics";
import { type Results, type Unit, verdicts } from "./targets";

/** A table as text in cells. */
export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What was measured, a table for each group, and the targets. */
export function tables(rows: readonly Pick<Row, "name" | "title" | "group">[], results: Results): Table[] {
  const measured = rows.filter(({ name }) => results[name] !== undefined);
  const groups = [...new Set(measured.map(({ group }) => group))];
  return [
    ...groups.map((title) => ({
      title,
      header: ["", "seconds", "from – to", "processor", "peak memory", "runs"],
      rows: measured.filter(({ group }) => group === title).map((row) => cells(row, results)),
    })),
    {
      title: "Targets",
      header: ["", "target", "measured", ""],
      rows: verdicts(results).map(({ what, value, limit, unit, met }) => [
        what,
        `≤ ${limit}${unitText(unit)}`,
        `${figure(value, unit)}${unitText(unit)}`,
        met ? "met" : "missed",
      ]),
    },
  ].filter(({ rows: lines }) => lines.length > 0);
}

function cells({ name, title }: Pick<Row, "name" | "title">, results: Results): string[] {
  const samples = results[name] ?? [];
  const seconds = samples.map((sample) => sample.seconds);
  const processor = samples.flatMap(({ processorSeconds }) => processorSeconds ?? []);
  const memory = samples.flatMap(({ memoryMiB }) => memoryMiB ?? []);
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  return [
    title,
    figure(median(seconds), "s"),
    seconds.length === 1 ? "" : `${figure(least, "s")} – ${figure(most, "s")}`,
    processor.length === 0 ? "" : figure(median(processor), "s"),
    memory.length === 0 ? "" : `${Math.max(...memory)} MiB`,
    String(seconds.length),
  ];
}

function figure(value: number, unit: Unit): string {
  return value.toFixed(unit === "MiB" ? 0 : 2);
}

function unitText(unit: Unit): string {
  return unit === "×" ? unit : ` ${unit}`;
}

/** For a terminal. */
export function plain({ title, header, rows }: Table): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return [title, ...text.map((line) => `  ${line}`)].join("\n");
}

/** For a Markdown file; the figures stand to the right. */
export function markdown({ title, header, rows }: Table): string {
  const line = (cells_: readonly string[]): string => `| ${cells_.join(" | ")} |`;
  const rule = header.map((_, column) => (column === 0 ? "---" : "---:"));
  return [`### ${title}`, "", line(header), line(rule), ...rows.map(line)].join("\n");
}
