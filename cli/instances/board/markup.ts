/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in {@link markup}: texts are escaped, lists joined, and what is undefined or false is left out. */
export type Piece = string | number | Html | undefined | false | readonly Piece[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML in which every text that is put in is escaped, for between tags and for attributes in quotes. */
export function markup(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.map((string, index) => string + written(pieces[index])).join(""));
}

function written(piece: Piece): string {
  if (piece === undefined || piece === false) return "";
  if (piece instanceof Html) return piece.text;
  if (typeof piece === "object") return piece.map(written).join("");
  return String(piece).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}
