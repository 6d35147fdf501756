/**
 * Annotation of pods that names the containers, joined by commas, whose image writes into its own root. The policy
 * demands a read-only root of all others.
 */
export const WRITABLE_ROOT_ANNOTATION = "packit.dev/writable-root";
