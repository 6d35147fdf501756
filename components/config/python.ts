/** A value of a Python file; an object is a dictionary. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | PythonExpression
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue };

/** Source that is written as it is. */
export class PythonExpression {
  constructor(readonly source: string) {}
}

/** The value as a literal of Python 3. */
export function pythonLiteral(value: PythonValue): string {
  if (value instanceof PythonExpression) return value.source;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  // What JSON writes for a text or a finite number, Python reads as the same.
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return finite(value);
  if (isList(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  const items = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}: ${pythonLiteral(inner)}`,
  );
  return `{${items.join(", ")}}`;
}

/** Assignments, one a line; a name without a value is left out. */
export function pythonAssignments(values: Readonly<Record<string, PythonValue | undefined>>): string {
  return Object.entries(values)
    .filter((entry): entry is [string, PythonValue] => entry[1] !== undefined)
    .map(([name, value]) => `${name} = ${pythonLiteral(value)}\n`)
    .join("");
}

function finite(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is no number of Python: give a finite one`);
  return JSON.stringify(value);
}

function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value);
}
