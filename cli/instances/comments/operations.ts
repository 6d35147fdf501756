import type { Reference } from "../../../stacks/settings/references";
import type { TestBase } from "../../../stacks/settings";
import type { InstanceRecord, InstanceState } from "../record";

/** A test instance that a pull request asks for. */
export interface DeployRequest {
  readonly base: TestBase;
  /** All that it runs, the pull request itself among it. */
  readonly references: readonly Reference[];
  /** How long it stays; undefined: as the settings say. */
  readonly ttl: string | undefined;
  /** Who asks, as leases name it: `packit/packit-service#614`. */
  readonly holder: string;
}

/** What is told while an instance is being made. */
export interface Report {
  readonly state: InstanceState;
  /** What is being done, in few words: `build packit-worker`, `place 2 in the queue`. */
  readonly step?: string;
}

/** What the pull request's side needs done. Each rejects with an Error whose message people can act upon. */
export interface Operations {
  /** Every instance that this pull request holds. */
  held(holder: string): Promise<readonly InstanceRecord[]>;
  /** Makes or updates an instance, and gives what is known of it once it is live. */
  deploy(request: DeployRequest, report: (news: Report) => void, stop: AbortSignal): Promise<InstanceRecord>;
  destroy(name: string, stop: AbortSignal): Promise<void>;
  extend(name: string, ttl: string | undefined, stop: AbortSignal): Promise<InstanceRecord>;
  wake(name: string, stop: AbortSignal): Promise<InstanceRecord>;
  /** The last lines of a component, or of all; they may hold anything. */
  logs(name: string, component: string | undefined, stop: AbortSignal): Promise<string>;
}
