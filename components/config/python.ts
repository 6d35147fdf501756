/** A value of a Python file; an object is a dictionary. */
export type PythonValue =
  | string
  | number
  | bigint
  | boolean
  | PythonExpression
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue };

/** Python source that stands where a value would. */
export class PythonExpression {
  constructor(readonly source: string) {}
}

/**
 * Python source that assigns each value to its name; what is not given is left out.
 *
 * @throws Error for a name that is none of a setting, and for a number that Python has not.
 */
export function pythonAssignments(values: Readonly<Record<string, PythonValue | undefined>>): string {
  return Object.entries(values)
    .filter((entry): entry is [string, PythonValue] => entry[1] !== undefined)
    .map(([name, value]) => {
      if (!/^[A-Z][A-Z0-9_]*$/.test(name))
        throw new Error(`${name} cannot be the name of a setting in Python`);
      return `${name} = ${literal(value)}\n`;
    })
    .join("");
}

function literal(value: PythonValue): string {
  if (value instanceof PythonExpression) return value.source;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return text(value);
  if (isList(value)) return `[${value.map(literal).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, inner]) => `${text(key)}: ${literal(inner)}`)
    .join(", ")}}`;
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is no number of Python: give a finite one`);
  return String(value);
}

/** The escapes of JSON mean the same in Python; what is not ASCII is escaped, so that no encoding matters. */
function text(value: string): string {
  return JSON.stringify(value).replace(/[^ -~]/gu, (character) => {
    const hexadecimal = (character.codePointAt(0) ?? 0).toString(16);
    return hexadecimal.length > 4
      ? `\\U${hexadecimal.padStart(8, "0")}`
      : `\\u${hexadecimal.padStart(4, "0")}`;
  });
}

function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value);
}
