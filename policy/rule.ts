import type { Deployment } from "../stacks/settings/names";
import type { PolicyResource } from "./resource";

/** Something that every resource of certain stacks must hold to. */
export interface Rule {
  /** Area and name, as in its file's path: `images/pinned`. */
  readonly id: string;
  /** What it demands, in one sentence. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to change. */
  readonly fix: string;
  /** Deployments whose stacks it holds in; a test instance counts as `dev` whatever its base. */
  readonly holdsIn: readonly Deployment[];
  /** Whether a finding stops the deployment or is only shown. */
  readonly enforcement: "mandatory" | "advisory";
  /**
   * Says what is wrong with a resource, one sentence each; nothing when all is well or the rule is about other
   * kinds. Depends on its argument alone. Reading a value that is not known yet throws and leaves the rest open.
   */
  readonly check: (resource: PolicyResource) => Iterable<string>;
}

/** All deployments. */
export const EVERYWHERE: readonly Deployment[] = ["dev", "stg", "prod"];

/** Those whose data and users are real. */
export const DURABLE: readonly Deployment[] = ["stg", "prod"];
