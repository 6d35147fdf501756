import { UnknownValue } from "../resource";

/**
 * A value of another resource, or undefined where only the update will know it. Rules about several resources take
 * what is unknown of the others for right: so what is known is judged before the first resource, and the pack, which
 * runs at the end, judges the rest.
 */
export function known<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isUnknown(error)) return undefined;
    throw error;
  }
}

/** Whether an error says that a value is not known yet; the engine's analyzer has one of its own. */
function isUnknown(error: unknown): boolean {
  return (
    error instanceof UnknownValue ||
    (error instanceof Error && error.constructor.name === "UnknownValueError")
  );
}
