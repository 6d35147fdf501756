/** A value that {@link pythonAssignments} can write. */
export type PythonValue = string | boolean | bigint;

/** What `config.py` of tokman says. */
export interface TokmanConfig {
  /** Number of the GitHub App, in decimal digits. */
  readonly appId: string;
  /** Path of the App's key. */
  readonly privateKeyPath: string;
  /** Path of the SQLite file with the tokens. */
  readonly databasePath: string;
}

/** Seconds before its end from which on a token is replaced. */
const RENEW_AT_SECONDS = 60n;

/**
 * Tokman's `config.py`, which Flask runs as Python (D35).
 *
 * @throws Error when the App's number is none.
 */
export function tokmanConfig({ appId, privateKeyPath, databasePath }: TokmanConfig): string {
  // Not shown: it comes from the secrets.
  if (!/^[0-9]+$/.test(appId)) throw new Error("the number of the GitHub App is not made of digits");
  return pythonAssignments({
    SQLALCHEMY_DATABASE_URI: sqliteUri(databasePath),
    SQLALCHEMY_TRACK_MODIFICATIONS: false,
    GITHUB_APP_ID: BigInt(appId),
    GITHUB_APP_PRIVATE_KEY: privateKeyPath,
    TOKEN_RENEW_AT: RENEW_AT_SECONDS,
  });
}

/** SQLAlchemy's address of an SQLite file; a fourth slash begins an absolute path. */
export function sqliteUri(path: string): string {
  return `sqlite:///${path}`;
}

/**
 * Python source that assigns each value to its name.
 *
 * @throws Error for a name that Python would not take.
 */
export function pythonAssignments(values: Readonly<Record<string, PythonValue>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      if (!/^[A-Z][A-Z0-9_]*$/.test(name))
        throw new Error(`${name} cannot be the name of a setting in Python`);
      return `${name} = ${literal(value)}\n`;
    })
    .join("");
}

function literal(value: PythonValue): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  // The escapes of JSON mean the same in Python; what is not ASCII is escaped, so that no encoding matters.
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
