import { kubernetesObject } from "../../policy/kubernetes";
import type { PolicyResource } from "../../policy/resource";
import { deployedCopr } from "../stacks/copr/deployed";
import { realStack } from "./real";

/** The objects that linters of others look at: Packit with everything, Fedora CI, test instances of both, and Copr. */
export async function crossChecked(): Promise<PolicyResource[]> {
  const all: PolicyResource[] = [];
  // One after the other: whatever is registered goes to the program that was started last.
  for (const name of ["prod, complete", "fedora-ci-prod", "dev-pr-614", "fedora-ci-stg-pr-12"] as const)
    all.push(...(await realStack(name)).resources);
  all.push(...((await deployedCopr("copr-prod")).stack.resources as readonly PolicyResource[]));
  return all.filter((resource) => kubernetesObject(resource) !== undefined);
}
