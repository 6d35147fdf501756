/** The control plane could not do what was asked; the message is for its user. */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
}

/** What a caught value says about itself. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
