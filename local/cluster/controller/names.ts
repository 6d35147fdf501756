/** Field manager of what the controller writes, and its name in `cluster-status`. */
export const standIn = "openshift-stand-in";

/** Field manager of an image that a trigger has set, apart so that one can tell who owns the field. */
export const imageTrigger = "openshift-image-trigger";

/** Keeps a Project or TenantNamespace until its namespace is gone. */
export const namespaceFinalizer = "local.packit.dev/namespace";
