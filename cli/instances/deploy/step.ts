import type { Holder, InstanceRecord } from "../record";
import type { BuiltReferences } from "../images/build-images";
import type { Held } from "../leases/api";
import type { Cluster } from "../../cluster";
import type { ProjectPaths } from "../../paths";
import type { DeployPlan } from "./plan";

/** What the steps of a deployment have in hand. */
export interface Work {
  readonly paths: ProjectPaths;
  readonly plan: DeployPlan;
  readonly cluster: Cluster;
  readonly holder: Holder;
  /** The instance's lease. */
  readonly held: Held;
  /** Wait for room instead of failing at once. */
  readonly wait: boolean;
  /** What the step `build` has made. */
  built: BuiltReferences;
  /** Name of the identity that the step `free` has taken. */
  identity: string | undefined;
  /** Its record as this deployment wrote it last. */
  written?: InstanceRecord;
  /** Whether the instance is not what it was before any more. */
  touched: boolean;
}

/** Tells what a step is at. */
export type Say = (line: string) => void;

/** One step of a deployment. */
export interface Step {
  readonly name: "build" | "free" | "clean" | "deploy" | "check";
  /** What it does, for people. */
  readonly title: string;
  /** @returns what came of it, in few words. */
  run(work: Work, say: Say): Promise<string>;
}

/** How steps are shown while they run. */
export interface Show {
  /** Runs the steps one after another; the first that fails ends it. */
  run(steps: readonly Step[], work: Work): Promise<void>;
}
