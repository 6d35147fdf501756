import { isTree, type Plain, type Tree } from "./tree";

/** A stack's own configuration, as the engine hands it over. */
export interface StackConfig {
  /** Values under `packit:`, by key without it. */
  readonly values: Tree;
  /** Keys whose values, or parts of them, are encrypted in the settings file. */
  readonly secretKeys: ReadonlySet<string>;
}

/**
 * Reads what the engine gives a program: strings, with maps and lists as JSON.
 *
 * @param all - All configuration, by key with its namespace (`pulumi.runtime.allConfig()`).
 * @param secretKeys - Keys that are encrypted, with their namespace.
 */
export function stackConfig(
  all: Readonly<Record<string, string>>,
  secretKeys: readonly string[],
): StackConfig {
  return {
    values: Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) =>
        key.startsWith(NAMESPACE) ? [[key.slice(NAMESPACE.length), structured(value)]] : [],
      ),
    ),
    secretKeys: new Set(
      secretKeys.filter((key) => key.startsWith(NAMESPACE)).map((key) => key.slice(NAMESPACE.length)),
    ),
  };
}

const NAMESPACE = "packit:";

function structured(value: string): Plain {
  if (!/^[[{]/.test(value)) return value;
  try {
    const parsed: Plain = JSON.parse(value);
    return isTree(parsed) || Array.isArray(parsed) ? parsed : value;
  } catch {
    // Text that only begins like a map, such as a kubeconfig in one line.
    return value;
  }
}
