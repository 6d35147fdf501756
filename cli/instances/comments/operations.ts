import type { TestBase } from "../../../stacks/settings";
import type { Reference } from "../../../stacks/settings/references";
import type { InstanceState } from "../record";
import type { InstanceView } from "../view";

/** A test instance that a pull request asks for. */
export interface WantedInstance {
  readonly base: TestBase;
  /** All that it runs, the pull request itself among it. */
  readonly references: readonly Reference[];
  /** How long it stays; undefined: as the settings say. */
  readonly ttl: string | undefined;
}

/** What is told while an instance is being made. */
export interface Report {
  readonly state: Extract<InstanceState, "queued" | "building" | "deploying">;
  /** What is being done, in few words. */
  readonly step: string;
}

/**
 * What the pull request's side needs done, on behalf of one pull request. Each rejects with an Error whose message
 * people can act upon.
 */
export interface Operations {
  /** Every instance that this pull request holds. */
  held(): Promise<readonly InstanceView[]>;
  /** Makes or updates an instance, and gives what is known of it once it is live. */
  deploy(wanted: WantedInstance, report: (news: Report) => void): Promise<InstanceView>;
  destroy(name: string): Promise<void>;
  extend(name: string, ttl: string | undefined): Promise<InstanceView>;
  wake(name: string): Promise<InstanceView>;
  /** The last lines of a component, or of all; they may hold anything. */
  logs(name: string, component: string | undefined): Promise<string>;
}
