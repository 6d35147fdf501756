/** Sections of a file for Python's `configparser`; a list of values is written one a line. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * Writes a file for Python's `configparser`, whose dialect knows no quotes and no escapes.
 *
 * @param interpolated - Whether the reader resolves `%(name)s`, and so takes a bare percent sign for a mistake.
 * @throws Error for a value that cannot be written so that it is read as it is.
 */
export function configParserText(sections: Sections, interpolated: boolean): string {
  const blocks = Object.entries(sections).map(([section, values]) => {
    const lines = Object.entries(values).map(([key, value]) =>
      option(key, value, `${section}.${key}`, interpolated),
    );
    return [`[${section}]`, ...lines].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}

function option(
  key: string,
  value: string | readonly string[],
  where: string,
  interpolated: boolean,
): string {
  const write = (line: string): string => {
    checkLine(line, where);
    return interpolated ? line.replaceAll("%", "%%") : line;
  };
  if (typeof value === "string") return `${key} = ${write(value)}`.trimEnd();
  return [`${key} =`, ...value.map((line) => `  ${write(line)}`)].join("\n");
}

/** The value may be secret, so the message does not show it. */
function checkLine(line: string, where: string): void {
  if (/[\r\n]/.test(line)) throw new Error(`${where} has more than one line: give it as one`);
  if (line !== line.trim()) throw new Error(`${where} starts or ends with a blank: remove it`);
}
