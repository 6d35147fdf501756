import { format } from "prettier";

import type { Circumstances } from "./machine";
import { markdown, type Table } from "./table";

const BEGIN = "<!-- figures: `make bench UPDATE=1` writes from here -->";
const END = "<!-- to here -->";

/** The document with its figures replaced. @throws Error when it has no place for them */
export async function withFigures(
  document: string,
  conditions: Circumstances,
  figures: readonly Table[],
): Promise<string> {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the document has no ${BEGIN} followed by ${END}`);
  const list = conditions.map(([label, value]) => `- ${label}: ${value}`).join("\n");
  const text = [BEGIN, list, ...figures.map(markdown), END].join("\n\n");
  const whole = document.slice(0, begin) + text + document.slice(end + END.length);
  return await format(whole, { parser: "markdown", printWidth: 110 });
}
