import type { Tree } from "./tree";

/** A stack's own configuration, as the engine hands it over. */
export interface StackConfig {
  /** Values under `packit:`, by key without it; maps and lists also as JSON. */
  readonly values: Tree;
  /** Keys whose values, or parts of them, are encrypted in the settings file. */
  readonly secretKeys: ReadonlySet<string>;
}

const NAMESPACE = "packit:";

/**
 * Reads what the engine gives a program.
 *
 * @param all - All configuration, by key with its namespace (`pulumi.runtime.allConfig()`), maps and lists as JSON.
 * @param secretKeys - Keys that are encrypted, with their namespace.
 */
export function stackConfig(
  all: Readonly<Record<string, string>>,
  secretKeys: readonly string[],
): StackConfig {
  const own = (key: string) => (key.startsWith(NAMESPACE) ? [key.slice(NAMESPACE.length)] : []);
  return {
    values: Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => own(key).map((name) => [name, value] as const)),
    ),
    secretKeys: new Set(secretKeys.flatMap(own)),
  };
}
