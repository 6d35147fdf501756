import { PythonExpression } from "../../config/python";

/** Start of a Python file whose secrets come from the environment. Without one of them the service does not start. */
export const ENVIRONMENT_SECRETS = `\
import os
from urllib.parse import quote


def _secret(name):
    value = os.environ.get(name, "")
    if not value:
        raise RuntimeError(name + " is not set")
    return value


`;

/** The secret in a variable (S5). */
export function environmentSecret(variable: string): PythonExpression {
  return new PythonExpression(call(variable));
}

/** A database's address whose user, password and name are in variables, encoded as a part of an address. */
export function databaseAddress(
  variables: { readonly user: string; readonly password: string; readonly database: string },
  hostAndPort: string,
): PythonExpression {
  const part = (variable: string): string => `quote(${call(variable)}, safe="")`;
  const { user, password, database } = variables;
  const parts = ['"postgresql+psycopg2://"', part(user), '":"', part(password)];
  return new PythonExpression([...parts, JSON.stringify(`@${hostAndPort}/`), part(database)].join(" + "));
}

function call(variable: string): string {
  return `_secret("${variable}")`;
}
