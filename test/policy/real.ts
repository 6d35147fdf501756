import { displayName } from "../../policy/kubernetes";
import type { PolicyResource, PolicyStack } from "../../policy/resource";
import { problemsOf } from "../../policy/findings";
import type { Rule } from "../../policy/rule";
import { deployed, stackNameOf, type StackUnderTest } from "../stacks/deployed";

/** A copy of a resource as a program registered it, to be changed. */
export interface Draft {
  type: string;
  name: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- objects of many kinds are changed here
  inputs: Record<string, any>;
  protect: boolean;
  ignoreChanges: string[];
  deleteBeforeReplace: boolean;
  retainOnDelete: boolean;
  deletedWith?: Pick<PolicyResource, "type" | "name">;
}

/** One thing that somebody does to a resource. */
export type Alteration = (draft: Draft) => void;

/** All of a stack as its program registers it. */
export async function realStack(name: StackUnderTest = "prod, complete"): Promise<PolicyStack> {
  const { stack } = await deployed(name);
  return { name: stackNameOf(name).name, resources: stack.resources };
}

/**
 * The stack with one resource altered.
 *
 * @param title - Kind and name: `Deployment/packit-service`.
 * @throws Error when there is no such resource.
 */
export function altered(stack: PolicyStack, title: string, alteration: Alteration): PolicyStack {
  const index = stack.resources.findIndex((resource) => displayName(resource) === title);
  const resource = stack.resources[index];
  if (resource === undefined) throw new Error(`${stack.name} has no ${title}`);
  const draft: Draft = structuredClone({
    ignoreChanges: [],
    deleteBeforeReplace: false,
    retainOnDelete: false,
    ...resource,
  } as unknown as Draft);
  alteration(draft);
  return { ...stack, resources: stack.resources.with(index, draft) };
}

/** Everything that a rule says of a stack: kind and name of the resource, and the problem. */
export function saysOf(rule: Rule, stack: PolicyStack): string[] {
  return stack.resources.flatMap((resource) =>
    Array.from(problemsOf(rule, resource, stack), (problem) => `${displayName(resource)}: ${problem}`),
  );
}
