import { parseStackName, type Deployment } from "../stacks/settings/names";

/** A kind of stack, as rules distinguish them: an environment of a deployment, or a test instance on any base. */
export type Where = Deployment | "test";

/** All stacks. */
export const EVERYWHERE: readonly Where[] = ["dev", "stg", "prod", "test"];

/** Those whose data and users are real. */
export const DURABLE: readonly Where[] = ["stg", "prod"];

/** Which kind of stack a name belongs to. A foreign name is held to all that production is. */
export function whereIs(stack: string): Where {
  try {
    const { kind, deployment } = parseStackName(stack);
    return kind === "test-instance" ? "test" : deployment;
  } catch {
    return "prod";
  }
}
