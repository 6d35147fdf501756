import type { KubernetesObject } from "../api";
import type { NamespaceOwner } from "./namespace-owners";

/** OpenShift's own way to ask for a namespace. */
export interface Project extends KubernetesObject {
  readonly status?: { readonly phase?: string };
}

/** A Project's namespace has its name; on OpenShift the two are one object seen twice. */
export const projects: NamespaceOwner<Project> = {
  apiVersion: "project.openshift.io/v1",
  plural: "projects",
  namespaceOf: ({ metadata }) => metadata.name,
  statusFor: ({ status }, active) => (active && status?.phase !== "Active" ? { phase: "Active" } : undefined),
};
