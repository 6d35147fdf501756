/** A resource as rules see it: what the engine is asked to make, before it does. */
export interface PolicyResource {
  /** Type token, for example `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** Name within the stack. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Whether the engine refuses to delete it. */
  readonly protect: boolean;
  /** Paths of inputs whose changes the engine leaves out. @default none */
  readonly ignoreChanges?: readonly string[];
  /** Whether the engine deletes the old one first when it has to replace it. @default false */
  readonly deleteBeforeReplace?: boolean;
  /** Whether it stays in the world when it leaves the stack. Absent: the engine does not tell a pack. */
  readonly retainOnDelete?: boolean;
  /** Resource with which it counts as deleted. Absent: there is none, or the engine does not tell a pack. */
  readonly deletedWith?: Pick<PolicyResource, "type" | "name">;
}

/** All that a stack is made of, as far as it is known, for rules about how things refer to one another. */
export interface PolicyStack {
  /** Name of the stack. */
  readonly name: string;
  readonly resources: readonly PolicyResource[];
}

/** Thrown by a field whose value is known only after other resources have been made. */
export class UnknownValue extends Error {
  constructor() {
    super("this value is not known yet");
  }
}
