import type { PolicyResource, PolicyStack } from "../../policy/resource";
import { runMocked } from "../support/mocks";
import type { StackUnderTest } from "../stacks/deployed";
import { realStack } from "./real";

/**
 * A stack of the project with something beside it that it does not have by itself.
 *
 * @param make - Makes it, with the classes that a program would use.
 * @param name - The stack. @default "prod, complete"
 */
export function withExtra(make: () => unknown, name?: StackUnderTest): () => Promise<PolicyStack> {
  let made: Promise<PolicyStack> | undefined;
  return () => (made ??= joined(make, name));
}

async function joined(make: () => unknown, name: StackUnderTest | undefined): Promise<PolicyStack> {
  const stack = await realStack(name);
  const { resources } = await runMocked(make);
  return { ...stack, resources: [...stack.resources, ...(resources as readonly PolicyResource[])] };
}

/** Labels that every object of production has. */
export const LABELS = {
  "app.kubernetes.io/instance": "prod",
  "app.kubernetes.io/part-of": "packit",
  "app.kubernetes.io/managed-by": "pulumi",
};

/** Metadata of an object of production. */
export function metadata(name: string): { name: string; namespace: string; labels: Record<string, string> } {
  return { name, namespace: "packit--prod", labels: { ...LABELS } };
}
