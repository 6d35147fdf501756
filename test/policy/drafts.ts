import type { Draft } from "./real";

/* eslint-disable @typescript-eslint/no-explicit-any -- parts of a draft are changed as freely as itself */

/** The template's pods of a draft. */
export function pods({ inputs }: Draft): Record<string, any> {
  const { spec } = inputs;
  return (spec.jobTemplate?.spec ?? spec).template.spec as Record<string, any>;
}

/** The first container of a draft's pods. */
export function container(draft: Draft): Record<string, any> {
  return (pods(draft).containers as Record<string, any>[])[0] ?? {};
}

/** Changes the first container of a Deployment's pods, laid over what it has. */
export function containerWith(fields: Record<string, any>): (draft: Draft) => void {
  return (draft) => void Object.assign(container(draft), fields);
}

/** Changes the security context of the first container. */
export function secured(fields: Record<string, any>): (draft: Draft) => void {
  return (draft) => void Object.assign(container(draft).securityContext as object, fields);
}

/** Changes the pods of a Deployment. */
export function podsWith(fields: Record<string, any>): (draft: Draft) => void {
  return (draft) => void Object.assign(pods(draft), fields);
}

/** Adds a right to a role. */
export function right(resources: string[], verbs: string[], apiGroups = [""]): (draft: Draft) => void {
  return ({ inputs }) => void (inputs.rules as object[]).push({ apiGroups, resources, verbs });
}
