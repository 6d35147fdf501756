import type { Cluster } from "../../../../cluster";
import type { PlannedObject } from "../../../../planned";
import { type Check, type Finding, skipped } from "../../check";
import { classes } from "./classes";
import { clock } from "./clock";
import { hosts } from "./hosts";
import { reach } from "./reach";
import { rights } from "./rights";
import { workloads } from "./workloads";

/** What is looked at of a stack's cluster. */
export interface ClusterFacts {
  readonly stack: string;
  /** Whether it is the control plane of this machine. */
  readonly local: boolean;
  /** Whether the control plane of this machine runs; it is not started for a check. */
  readonly running: () => Promise<boolean>;
  /** Whether namespaces and data outlive the stack, so that it need not delete them. */
  readonly durable: boolean;
  /** @throws Error when the kubeconfig is of no use */
  readonly cluster: () => Promise<Cluster>;
  /** What the stack's program makes. @throws SettingsError */
  readonly objects: () => Promise<readonly PlannedObject[]>;
  readonly publicHosts: () => Promise<readonly string[]>;
  /** Finds a host's address. @throws Error when it has none */
  readonly lookup: (host: string) => Promise<unknown>;
  /** The clock of this machine, in milliseconds since 1970. */
  readonly now: () => number;
}

const AFTER_REACH: Readonly<Record<string, (facts: ClusterFacts) => Promise<Finding>>> = {
  clock,
  rights,
  classes,
  workloads,
  hosts,
};

export function clusterChecks(facts: ClusterFacts): readonly Check[] {
  const first: Check = {
    id: "cluster",
    needs: ["settings"],
    run: async () =>
      facts.local && !(await facts.running())
        ? skipped("the control plane of this machine is stopped; make up starts it")
        : reach(facts),
  };
  const others = Object.entries(AFTER_REACH).map(([id, run]): Check => {
    return { id, needs: ["cluster"], run: () => run(facts) };
  });
  return [first, ...others];
}
