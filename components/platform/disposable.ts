/**
 * Annotation of what holds nothing that cannot be made again, such as a cache. The policy demands protection for
 * everything else that holds data.
 */
export const DISPOSABLE_ANNOTATION = "packit.dev/disposable";
