import type { Schema } from "./structural";

/** A kind that OpenShift's API server serves without a definition. */
export interface PublishedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: "Cluster" | "Namespaced";
  readonly shortNames?: readonly string[];
}

/** OpenShift's kinds whose schemas are taken from its published OpenAPI. */
export const publishedKinds: readonly PublishedKind[] = [
  { group: "project.openshift.io", version: "v1", kind: "Project", plural: "projects", scope: "Cluster" },
  {
    group: "image.openshift.io",
    version: "v1",
    kind: "ImageStream",
    plural: "imagestreams",
    scope: "Namespaced",
    shortNames: ["is"],
  },
  {
    group: "image.openshift.io",
    version: "v1",
    kind: "ImageStreamImport",
    plural: "imagestreamimports",
    scope: "Namespaced",
  },
  {
    group: "build.openshift.io",
    version: "v1",
    kind: "BuildConfig",
    plural: "buildconfigs",
    scope: "Namespaced",
    shortNames: ["bc"],
  },
  { group: "build.openshift.io", version: "v1", kind: "Build", plural: "builds", scope: "Namespaced" },
];

/** Name of a kind's type in OpenShift's OpenAPI, where `image.openshift.io` is `image`. */
export function publishedName({ group, version, kind }: PublishedKind): string {
  return `com.github.openshift.api.${group.split(".")[0] ?? ""}.${version}.${kind}`;
}

/**
 * The managed platform's request for a namespace. Hand-written: its schema is not public. It holds what is known of
 * its use: a type, a network zone, roles for the tenant's people, and conditions.
 */
export const tenantNamespace: PublishedKind = {
  group: "tenant.paas.redhat.com",
  version: "v1alpha1",
  kind: "TenantNamespace",
  plural: "tenantnamespaces",
  scope: "Namespaced",
};

/** Schema of {@link tenantNamespace}. */
export const tenantNamespaceSchema: Schema = {
  type: "object",
  required: ["spec"],
  properties: {
    apiVersion: { type: "string" },
    kind: { type: "string" },
    metadata: { type: "object" },
    spec: {
      type: "object",
      required: ["type"],
      properties: {
        type: { type: "string", enum: ["build", "config", "pipeline", "runtime"] },
        roles: { type: "array", items: { type: "string" } },
        network: { type: "object", properties: { "security-zone": { type: "string" } } },
      },
    },
    status: {
      type: "object",
      properties: {
        conditions: {
          type: "array",
          items: {
            type: "object",
            required: ["type", "status"],
            properties: {
              type: { type: "string" },
              status: { type: "string" },
              reason: { type: "string" },
              message: { type: "string" },
              lastTransitionTime: { type: "string", format: "date-time" },
            },
          },
        },
      },
    },
  },
};
