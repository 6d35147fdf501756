import { pythonAssignments } from "../../config/python";

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
