import type { PolicyResource } from "../../policy/resource";
import { problemsOf } from "../../policy/findings";
import type { Rule } from "../../policy/rule";

/** A digest as good as any. */
export const DIGEST = `sha256:${"0".repeat(64)}`;

/** A container that obeys every rule. */
export const CONTAINER = {
  name: "web",
  image: `registry.example/web@${DIGEST}`,
  resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "20m", memory: "32Mi" } },
};

/** A resource of the Kubernetes provider. */
export function object(
  apiVersion: string,
  kind: string,
  inputs: Record<string, unknown>,
  protect = false,
): PolicyResource {
  const { metadata } = inputs as { metadata?: object };
  return {
    type: `kubernetes:${apiVersion}:${kind}`,
    name: "web",
    inputs: { apiVersion, kind, ...inputs, metadata: { name: "web", ...metadata } },
    protect,
  };
}

/** A Deployment of one container. */
export function deployment(container: object, metadata: object = {}): PolicyResource {
  return object("apps/v1", "Deployment", {
    metadata,
    spec: { template: { spec: { containers: [container] } } },
  });
}

/** What a rule says of a resource. */
export function problems(rule: Rule, resource: PolicyResource): string[] {
  return [...problemsOf(rule, resource)];
}
