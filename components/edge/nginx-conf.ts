/** A variable of nginx, such as `$host`, and what stands before it. */
export interface Variable {
  readonly variable: string;
  /** Text right before it. @default none */
  readonly prefix?: string;
}

/** A regular expression; a dot that is one is written `[.]`. */
export interface Pattern {
  readonly pattern: string;
}

/** The condition of an `if`: true when the variable is neither empty nor `0`. */
export interface Condition {
  readonly condition: string;
}

/** What stands after a directive's name. Text is taken literally, whatever characters it holds. */
export type Argument = string | number | Variable | Pattern | Condition;

/** One line of the configuration, or a block of them. An entry of a `map` has its source value as name. */
export interface Directive {
  readonly name: string | Pattern;
  readonly args: readonly Argument[];
  readonly block?: readonly Directive[];
}

/** A directive that ends with a semicolon. */
export function line(name: string | Pattern, ...args: readonly Argument[]): Directive {
  return { name, args };
}

/** A directive with others in braces. */
export function block(name: string, args: readonly Argument[], directives: readonly Directive[]): Directive {
  return { name, args, block: directives };
}

/** Text of a configuration file. @throws Error for text that nginx has no notation for. */
export function renderNginx(directives: readonly Directive[], indent = ""): string {
  return directives
    .map(({ name, args, block: inner }) => {
      const head = indent + [name, ...args].map(argument).join(" ");
      return inner === undefined
        ? `${head};\n`
        : `${head} {\n${renderNginx(inner, `${indent}  `)}${indent}}\n`;
    })
    .join("");
}

function argument(value: Argument): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quoted(value);
  if ("variable" in value) return `${prefix(value)}$${value.variable}`;
  return "pattern" in value ? quotedPattern(value.pattern) : `($${value.condition})`;
}

function prefix({ prefix: text = "" }: Variable): string {
  if (!/^[\w./-]*$/.test(text)) throw new Error(`${JSON.stringify(text)} cannot stand before a variable`);
  return text;
}

function quotedPattern(pattern: string): string {
  if (/["\\\n]/.test(pattern)) {
    throw new Error(
      `nginx would take a character of ${JSON.stringify(pattern)} for its own: use a set in []`,
    );
  }
  return `"${pattern}"`;
}

function quoted(text: string): string {
  if (text.includes("$")) {
    throw new Error(`nginx would take the $ in ${JSON.stringify(text)} for the start of a variable`);
  }
  if (/^[\w./:=*@+,-]+$/.test(text)) return text;
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll("\n", String.raw`\n`)}"`;
}
