import type { Engine } from "./engine";
import type { Properties } from "./values";

/** The resource that a request is about. */
export interface Target {
  readonly urn: string;
  /** The type token, such as `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** The resource's name in the program. */
  readonly name: string;
}

/** How the engine wants absent names to be made (the setting `pulumi:autonaming`). */
export interface Autonaming {
  readonly proposedName: string;
  readonly mode: "propose" | "enforce" | "disable";
}

export interface CheckRequest extends Target {
  /** The inputs of the last deployment, if there was one. */
  readonly olds: Properties | undefined;
  readonly news: Properties;
  readonly randomSeed: Uint8Array;
  readonly autonaming: Autonaming | undefined;
}

export interface CheckFailure {
  /** The path of the property, empty when the failure concerns the whole resource. */
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface DiffRequest extends Target {
  readonly id: string;
  readonly state: Properties;
  readonly oldInputs: Properties;
  readonly news: Properties;
  readonly ignoreChanges: readonly string[];
}

export type DiffKind = "add" | "delete" | "update" | "add-replace" | "delete-replace" | "update-replace";

export interface DiffResult {
  /** What changed, by property path in the inputs; empty when nothing did. */
  readonly changes: Readonly<Record<string, DiffKind>>;
  /** Whether the old one must go before the new one can be made. @default false */
  readonly deleteBeforeReplace?: boolean;
}

export interface CreateRequest extends Target {
  readonly inputs: Properties;
  /** From the option `customTimeouts`; 0 when not given. */
  readonly timeoutSeconds: number;
  readonly preview: boolean;
}

/** What stands after a create or an update. */
export interface Made {
  readonly id: string;
  readonly state: Properties;
}

export interface UpdateRequest extends Target {
  readonly id: string;
  readonly state: Properties;
  readonly oldInputs: Properties;
  readonly news: Properties;
  readonly timeoutSeconds: number;
  readonly ignoreChanges: readonly string[];
  readonly preview: boolean;
}

export interface ReadRequest extends Target {
  readonly id: string;
  /** The last known state, empty on import. */
  readonly state: Properties;
  /** The last known inputs, empty on import. */
  readonly inputs: Properties;
}

export interface Read extends Made {
  readonly inputs: Properties;
}

export interface DeleteRequest extends Target {
  readonly id: string;
  readonly state: Properties;
  readonly timeoutSeconds: number;
}

/** A call of one of the package's functions. */
export interface InvokeRequest {
  /** The function's token, such as `aws:ec2/getAmi:getAmi`. */
  readonly token: string;
  readonly args: Properties;
}

export interface InvokeResult {
  readonly result: Properties;
  readonly failures: readonly CheckFailure[];
}

/** What a plugin must do for the engine; the frame does the rest. */
export interface Provider {
  /** The package, such as `random`. */
  readonly name: string;
  /** The version of the npm package whose interface this is. */
  readonly version: string;
  /** One line that says what this plugin is. */
  readonly description: string;

  checkConfig(request: CheckRequest): CheckResult | Promise<CheckResult>;
  diffConfig(request: DiffRequest): DiffResult | Promise<DiffResult>;
  /** Takes the provider's configuration, once, before any resource. */
  configure(config: Properties, engine: Engine): void | Promise<void>;
  check(request: CheckRequest): CheckResult | Promise<CheckResult>;
  diff(request: DiffRequest): DiffResult | Promise<DiffResult>;
  create(request: CreateRequest): Made | Promise<Made>;
  /** Undefined when the resource is gone. */
  read(request: ReadRequest): Read | undefined | Promise<Read | undefined>;
  update(request: UpdateRequest): Made | Promise<Made>;
  delete(request: DeleteRequest): void | Promise<void>;
  /** Answers a function; a plugin without it has none. */
  invoke?(request: InvokeRequest): InvokeResult | Promise<InvokeResult>;
  /** Ends what is being waited for. */
  cancel(): void;
}

/** A resource that was made or changed but did not become ready: the engine keeps it and tries again next time. */
export class NotReady extends Error {
  constructor(
    message: string,
    readonly made: Made,
    readonly inputs: Properties,
    readonly reasons: readonly string[],
  ) {
    super(message);
  }
}

/** A failure after which nobody knows whether the change was made, such as a lost connection. */
export class Uncertain extends Error {}
