import type { Holder, InstanceRecord } from "../record";
import type { Abandoned } from "./abandoned";

/** Who works on an instance, as its lease says. Times are of the cluster's clock, in milliseconds since 1970. */
export interface Work {
  /** Who: `jane@laptop`. */
  readonly holder: string;
  readonly since: number;
  /** When the lease ends unless the holder renews it. */
  readonly until: number;
  /** Nobody renewed it in time: the holder is gone. */
  readonly expired: boolean;
}

/** A test instance as its lease has it. */
export interface KnownInstance {
  /** The stack's name. */
  readonly name: string;
  /** Absent as long as nothing has been written, and when what was written cannot be read. */
  readonly record?: InstanceRecord;
  /** Why its record cannot be read. */
  readonly problem?: string;
  /** Who works on it now, or was killed while at it (`expired`); absent: nobody. */
  readonly work?: Work;
  /** Its place among those who wait for room, from 1. */
  readonly place?: number;
  /** Whether it has one of the places of those that live. */
  readonly admitted: boolean;
}

/** Everything that is known of a cluster's test instances at one moment. */
export interface Known {
  readonly instances: readonly KnownInstance[];
  /** Which stack has which identity of the pool, by the identity's name. */
  readonly identities: Readonly<Record<string, string>>;
  /** The cluster's clock, in milliseconds since 1970. */
  readonly now: number;
}

export interface HoldOptions {
  /** Wait until whoever is at it has finished, instead of failing at once. @default false */
  readonly wait?: boolean;
  /** Told who is at it before the first pause, and again when it is somebody else. */
  readonly onWait?: (work: Work) => void;
  /** Gives up waiting, and aborts the work. */
  readonly signal?: AbortSignal;
}

export interface AdmitOptions {
  /** How many instances live at once, sleeping ones aside, which hold no pods. */
  readonly max: number;
  /** Wait for room, instead of failing at once. @default false */
  readonly wait?: boolean;
  /** Told its place, from 1, whenever that changes, and who has the room. */
  readonly onPlace?: (place: number, living: readonly KnownInstance[]) => void;
}

/** An instance while one works on it; nobody else does meanwhile. */
export interface Held {
  readonly name: string;
  /** Aborted when the lease is lost, with the reason as an error, or by the caller's own signal. */
  readonly signal: AbortSignal;
  /** What others have left unfinished on other machines, and maybe locked: see `clearAbandonedLocks`. */
  readonly abandoned: readonly Abandoned[];
  /** Its record, as last read or written. */
  readonly record: InstanceRecord | undefined;
  /** The cluster's clock by now, in milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Changes the record. What others changed meanwhile (see {@link Control.amend}) is kept: the change may be called
   * again with a newer record.
   *
   * @throws LeaseLost
   */
  readonly update: (
    change: (record: InstanceRecord | undefined) => InstanceRecord,
  ) => Promise<InstanceRecord>;
  /**
   * Gets the instance one of the places of those that live, first come first served; one that has a place keeps it.
   *
   * @throws NoRoom without `wait`, naming who has the places.
   * @throws LeaseLost
   */
  readonly admit: (options: AdmitOptions) => Promise<void>;
  /**
   * Takes an identity that no other instance has; one that has an identity of the pool keeps it.
   *
   * @throws NoIdentity when none is left, naming who has which and until when.
   */
  readonly takeIdentity: <I extends { readonly name: string }>(pool: readonly I[]) => Promise<I>;
  /** Lets others have its place and keeps everything else: it sleeps. */
  readonly giveUpPlace: () => Promise<void>;
  /** Gives back identity and place, and deletes the lease: the instance is gone. The last that one does. */
  readonly forget: () => Promise<void>;
}

/** The leases of a cluster's test instances. */
export interface Control {
  /** Everything, in one request. */
  known(): Promise<Known>;
  /** One instance; undefined when there is none of that name. */
  instance(name: string): Promise<KnownInstance | undefined>;
  /**
   * Works on an instance with its lease in hand, which is renewed meanwhile and released at the end. An instance
   * that is not known yet gets a lease. A holder that died is succeeded once its lease has expired.
   *
   * @throws Taken without `wait` when somebody is at it.
   * @throws LeaseLost when somebody took over, or the API was away for too long; the work has ended by then.
   */
  hold<T>(name: string, holder: Holder, options: HoldOptions, work: (held: Held) => Promise<T>): Promise<T>;
  /**
   * Changes a record without its lease, while somebody may be at it: when it was used last, a longer life.
   *
   * @returns the new record; undefined when there is no such instance, or it has no record.
   */
  amend(
    name: string,
    change: (record: InstanceRecord) => InstanceRecord,
  ): Promise<InstanceRecord | undefined>;
  /** Names of the leases that are left of a stack: its own, its identity's, its place's. */
  leftOf(name: string): Promise<readonly string[]>;
}

/** How long what takes, in milliseconds. Tests shorten it. */
export interface Timing {
  /** How long a lease lasts unless it is renewed: whole seconds. @default 60000 */
  readonly duration: number;
  /** How often it is renewed. @default 15000 */
  readonly renewEvery: number;
  /** How often a waiting one asks, on average. @default 2000 */
  readonly askEvery: number;
}
