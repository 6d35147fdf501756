import { at, isMap, isSecret, same } from "./values";

/** A field that a change gives another value. */
export interface Difference {
  /** For example `spec.resources.requests.storage` or `spec.ports[0].port`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Most differences of one resource that are listed. */
const MOST = 500;

/**
 * Compares inputs field by field. The engine's own account of a change may be missing, or speak of outputs.
 */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = [];
  walk(before, after, "");
  return found;

  function walk(one: unknown, other: unknown, path: string): void {
    if (found.length >= MOST || same(one, other)) return;
    if (isMap(one) && isMap(other) && !isSecret(one) && !isSecret(other)) {
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
        // Bookkeeping of the engine and of providers.
        if (!key.startsWith("__")) walk(at(one, key), at(other, key), join(path, key));
      }
    } else if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
      one.forEach((part, index) => {
        walk(part, (other as unknown[])[index], `${path}[${index}]`);
      });
    } else {
      found.push({ path, before: one, after: other });
    }
  }
}

function join(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
