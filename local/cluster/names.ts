/** Who the control plane's own objects say they were made by. */
export const fieldManager = "packit-local";

/** Annotation with a definition's fingerprint, so that an unchanged one is not sent again. */
export const fingerprintAnnotation = "local.packit.dev/fingerprint";

/** The one node, which kwok pretends to be. */
export const nodeName = "local";
